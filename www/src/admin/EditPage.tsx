// The page that creates or edits one item of a resource: reads it, shows what went wrong, then the form.
// The form is made anew for each item, so that it never holds another item's values.
import type { ReactNode } from "react";
import { useParams } from "react-router";
import type { Resource } from "../api/admin";
import { useOne } from "../api/useResource";
import { PageBody } from "../shell/PageBody";
import { PageLoading } from "../shell/PageLoading";
import { ProblemBar } from "../shell/ProblemBar";

export interface EditPageProps<Item, Body, Change> {
  resource: Resource<Item, Body, Change>;
  /** The list above: "Queues" at `/admin/queues`. */
  above: { to: string; name: string };
  newTitle: string;
  lead?: ReactNode;
  narrow?: boolean;
  /** The form; `item` is null for a new one. */
  children: (item: Item | null) => ReactNode;
}

export function EditPage<Item extends { id: string; name: string }, Body, Change>(
  props: EditPageProps<Item, Body, Change>,
) {
  const { resource, above, newTitle, lead, narrow = true, children } = props;
  const { id } = useParams();
  const { data, error, isPending } = useOne(resource, id);
  const trail = [above, { name: id === undefined ? "New" : (data?.name ?? "…") }];

  if (id === undefined) {
    return (
      <PageBody title={newTitle} lead={lead} trail={trail} narrow={narrow}>
        {children(null)}
      </PageBody>
    );
  }
  return (
    <PageBody title={data?.name ?? above.name} trail={trail} narrow={narrow}>
      {isPending ? <PageLoading /> : null}
      {!data && error ? <ProblemBar error={error} /> : null}
      {data ? <div key={data.id}>{children(data)}</div> : null}
    </PageBody>
  );
}
