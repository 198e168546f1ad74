// Deleting, after a question. What is still in use is said first; the server refuses it anyway.
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from "@fluentui/react-components";
import { DeleteRegular } from "@fluentui/react-icons";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Removable } from "../api/admin";
import { asProblem } from "../api/problem";
import { invalidateLists, useRemove } from "../api/useResource";
import { afterSave } from "../forms/LeaveGuard";
import { ActDialog } from "../shell/ActDialog";
import { ProblemBar } from "../shell/ProblemBar";
import { RouterLink } from "../shell/RouterLink";
import { useSaved } from "../shell/useSaved";

const useStyles = makeStyles({
  users: { margin: 0, paddingInlineStart: "1.2em" },
  danger: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    color: tokens.colorNeutralForegroundOnBrand,
    ":hover": { backgroundColor: tokens.colorStatusDangerBackground3Hover, color: tokens.colorNeutralForegroundOnBrand },
    ":hover:active": {
      backgroundColor: tokens.colorStatusDangerBackground3Pressed,
      color: tokens.colorNeutralForegroundOnBrand,
    },
  },
});

export interface DeleteButtonProps {
  resource: Removable;
  /** As it was read; what is never changed has no version. */
  item: { id: string; name: string; version?: number };
  /** What it is: "queue". */
  noun: string;
  /** What goes with it. */
  consequence: string;
  /** What still uses it. */
  usedBy?: { id: string; name: string }[];
  /** Where those are edited: `/admin/chat-widgets`. */
  usersAt?: string;
  /** What those are: "chat widget". */
  userNoun?: string;
  backTo: string;
  /** An icon alone, for the end of a table's row. */
  compact?: boolean;
}

export function DeleteButton(props: DeleteButtonProps) {
  const { resource, item, noun, consequence, usedBy = [], usersAt, userNoun, backTo, compact = false } = props;
  const styles = useStyles();
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate();
  const saved = useSaved();
  const cache = useQueryClient();
  const removal = useRemove(resource);
  const isUsed = usedBy.length > 0;

  const remove = () =>
    removal.mutate({ id: item.id, version: item.version ?? 0 }, {
      onError: (error) => {
        if (!wasChanged(error)) return;
        // The next attempt is of what is stored now.
        void cache.invalidateQueries({ queryKey: [resource.key, "one", item.id] });
        invalidateLists(cache);
      },
      onSuccess: () => {
        setOpen(false);
        saved(`Deleted ${item.name}`);
        void navigate(backTo, { replace: true, ...afterSave });
      },
    });

  return (
    <ActDialog
      opener={
        compact ? (
          <Button appearance="subtle" icon={<DeleteRegular />} aria-label={`Delete ${item.name}`} />
        ) : (
          <Button icon={<DeleteRegular />}>Delete</Button>
        )
      }
      isOpen={isOpen}
      onOpenChange={(open) => {
        // What is on its way is waited for: its refusal would be said nowhere.
        if (removal.isPending) return;
        setOpen(open);
        removal.reset();
      }}
      title={
        <>
          Delete the {noun} <bdi>“{item.name}”</bdi>?
        </>
      }
      words={{ leave: "Cancel", act: "Delete", acting: "Deleting…" }}
      isActing={removal.isPending}
      isBlocked={isUsed}
      actClass={isUsed ? undefined : styles.danger}
      onAct={remove}
    >
      {removal.error && !wasChanged(removal.error) && <ProblemBar error={removal.error} title="Not deleted" />}
      {wasChanged(removal.error) && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>Not deleted</MessageBarTitle>
            Somebody else changed it after you had opened this page. If it is to go all the same, delete it again.
          </MessageBarBody>
        </MessageBar>
      )}
      {isUsed ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>It is in use</MessageBarTitle>
            Take it out of {usedBy.length === 1 ? `this ${userNoun}` : `these ${userNoun}s`} first:
            <ul className={styles.users}>
              {usedBy.map(({ id, name }) => (
                <li key={id}>
                  <RouterLink to={`${usersAt}/${id}`} inline>
                    {name}
                  </RouterLink>
                </li>
              ))}
            </ul>
          </MessageBarBody>
        </MessageBar>
      ) : (
        <p>{consequence} This cannot be undone.</p>
      )}
    </ActDialog>
  );
}

/** Somebody else was first. */
const wasChanged = (error: unknown): boolean => error !== null && asProblem(error).code === "record-changed";
