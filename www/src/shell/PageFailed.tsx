// What stands in for a page that does not exist, or that broke.
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowClockwiseRegular, LinkDismissRegular, WarningRegular } from "@fluentui/react-icons";
import { useRouteError } from "react-router";
import { EmptyState } from "./EmptyState";
import { LinkButton } from "./RouterLink";
import { useTitle } from "./useTitle";

const useStyles = makeStyles({ place: { paddingBlock: tokens.spacingVerticalXXXL } });

export function NotFoundPage() {
  const styles = useStyles();
  useTitle("Page not found");
  return (
    <main className={styles.place}>
      <EmptyState
        isPage
        icon={<LinkDismissRegular />}
        title="There is no page at this address"
        action={
          <LinkButton to="/" appearance="primary">
            Go to the start page
          </LinkButton>
        }
      >
        The link may be old, or a letter may be missing.
      </EmptyState>
    </main>
  );
}

export function PageFailed() {
  const styles = useStyles();
  const error = useRouteError();
  useTitle("Something broke");
  return (
    <main className={styles.place}>
      <EmptyState
        isPage
        icon={<WarningRegular />}
        title="This page broke"
        action={
          <Button appearance="primary" icon={<ArrowClockwiseRegular />} onClick={() => window.location.reload()}>
            Load it again
          </Button>
        }
      >
        {isStaleChunk(error)
          ? "The server has a newer version of the consoles. Loading the page again fetches it."
          : `The console met a fault of its own: ${error instanceof Error ? error.message : String(error)}`}
      </EmptyState>
    </main>
  );
}

/** After an update the old page asks for chunks that are gone. */
function isStaleChunk(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
}
