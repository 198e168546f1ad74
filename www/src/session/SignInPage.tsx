// `/sign-in`: the door of both consoles.
import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useSearchParams } from "react-router";
import { client, dataOf } from "../api/client";
import { PageLoading } from "../shell/PageLoading";
import { DoorPage } from "./DoorPage";
import { SignInForm } from "./SignInForm";
import { useSession } from "./session";

export default function SignInPage() {
  const [search] = useSearchParams();
  const { data, isPending } = useSession();
  const setUp = useQuery({
    queryKey: ["set-up"],
    queryFn: () => dataOf(client.GET("/api/v1/operator/setup")),
  });

  if (isPending) return <PageLoading />;
  if (data?.operator && !data.isOver) return <Navigate to={ownPath(search.get("return"))} replace />;
  return (
    <DoorPage title="Sign in" lead="To the administrator and agent consoles.">
      {setUp.data?.needed && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>This server is new</MessageBarTitle>
            It has no administrator yet. Open the set-up link that the server printed when it started.
          </MessageBarBody>
        </MessageBar>
      )}
      <SignInForm />
    </DoorPage>
  );
}

/** A path of ours to return to. Anything that could lead to another site leads home. */
export function ownPath(path: string | null): string {
  if (path === null || !path.startsWith("/") || /^\/[/\\]/.test(path)) return "/";
  const url = new URL(path, window.location.origin);
  return url.origin === window.location.origin ? url.pathname + url.search : "/";
}
