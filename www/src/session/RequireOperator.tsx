// Lets only operators in, and only those with the role a page needs. What a role may do is decided by the server at
// every call; this only spares people pages that would not work for them.
import { makeStyles, tokens } from "@fluentui/react-components";
import { LockClosedRegular, PlugDisconnectedRegular } from "@fluentui/react-icons";
import { Button } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import type { Role } from "../api/types";
import { EmptyState } from "../shell/EmptyState";
import { PageLoading } from "../shell/PageLoading";
import { ProblemBar } from "../shell/ProblemBar";
import { LinkButton } from "../shell/RouterLink";
import { SessionOverDialog } from "./SessionOverDialog";
import { useReplacedSession, useSession } from "./session";

const useStyles = makeStyles({
  seen: { display: "contents" },
  unseen: { display: "none" },
  place: { maxWidth: "560px", marginInline: "auto", padding: tokens.spacingHorizontalL },
});

export function RequireOperator({ role, children }: { role?: Role; children: ReactNode }) {
  const styles = useStyles();
  const { data, isPending, error, refetch } = useSession();
  const { pathname, search } = useLocation();
  useReplacedSession(data);

  if (isPending) return <PageLoading />;
  if (!data) {
    return (
      <main className={styles.place}>
        <EmptyState
          isPage
          icon={<PlugDisconnectedRegular />}
          title="The server cannot be reached"
          action={<Button onClick={() => void refetch()}>Try again</Button>}
        >
          The console needs its server to know who you are.
        </EmptyState>
        <ProblemBar error={error} />
      </main>
    );
  }
  if (!data.operator) {
    return <Navigate to={`/sign-in?return=${encodeURIComponent(pathname + search)}`} replace />;
  }
  if (role && data.operator.role !== role) {
    return (
      <main className={styles.place}>
        <EmptyState
          isPage
          icon={<LockClosedRegular />}
          title="This part is for administrators"
          action={
            <LinkButton to="/agent" appearance="primary">
              Go to the inbox
            </LinkButton>
          }
        >
          You are not signed in as one. An administrator can change your role under Operators.
        </EmptyState>
      </main>
    );
  }
  const isHidden = data.isOver && !data.isReplaced;
  return (
    <>
      {/* Kept, for what is not sent yet, but not shown: whoever is signed out reads on no longer. */}
      <div className={isHidden ? styles.unseen : styles.seen} inert={isHidden}>
        {children}
      </div>
      {isHidden && <SessionOverDialog operator={data.operator} />}
    </>
  );
}
