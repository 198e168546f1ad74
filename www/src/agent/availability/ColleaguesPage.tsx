// `/agent/colleagues`: who serves the same queues, for supervisors all; whether they take conversations now, and how many they
// have. Read again every few seconds, as no event tells how many they have and whether they are connected.
import { makeStyles, PresenceBadge, tokens } from "@fluentui/react-components";
import { PeopleTeamRegular } from "@fluentui/react-icons";
import { useEffect } from "react";
import { ResourceTable } from "../../admin/ResourceTable";
import type { Colleague } from "../../api/types";
import { useList } from "../../api/useResource";
import { useOperator } from "../../session/session";
import { EmptyState } from "../../shell/EmptyState";
import { PageBody } from "../../shell/PageBody";
import { RelativeTime } from "../../shell/times";
import { colleagues } from "./availabilityApi";
import { availabilityText } from "./useAvailability";

const useStyles = makeStyles({
  state: { display: "inline-flex", alignItems: "center", flexWrap: "wrap", columnGap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** How often the list is read while it is looked at, in milliseconds. */
const readEvery = 15_000;

export default function ColleaguesPage() {
  const styles = useStyles();
  const me = useOperator();
  const isSupervisor = me.role === "supervisor";
  const list = useList(colleagues);
  const { refetch } = list;
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (document.visibilityState === "visible") void refetch({ cancelRefetch: false });
    }, readEvery);
    return () => window.clearInterval(timer);
  }, [refetch]);
  return (
    <PageBody
      title="Colleagues"
      lead={`${isSupervisor ? "All who take chats." : "Who serves a queue together with you."} Who is away or not connected is given no chat.`}
      trail={[{ to: "/agent", name: "Inbox" }, { name: "Colleagues" }]}
      narrow
    >
      <ResourceTable
        label="Colleagues"
        list={list}
        columns={[
          {
            name: "Name",
            cell: ({ id, name }) => (
              <>
                <bdi>{name}</bdi>
                {id === me.id && <span className={styles.quiet}> (you)</span>}
              </>
            ),
          },
          { name: "Availability", cell: (colleague) => <State colleague={colleague} /> },
          {
            name: "Chats",
            cell: ({ active, capacity }) => (capacity == null ? active : `${active} of ${capacity}`),
          },
        ]}
        empty={
          <EmptyState icon={<PeopleTeamRegular />} title="Nobody">
            You serve no queue together with anybody.
          </EmptyState>
        }
      />
    </PageBody>
  );
}

/** Away is what they said; not connected is what the server sees. Both can be so. */
function State({ colleague: { connected, availability } }: { colleague: Colleague }) {
  const styles = useStyles();
  const isAway = availability.state === "away";
  const text = isAway ? availabilityText(availability) : connected ? "Here" : "Not connected";
  return (
    <span className={styles.state}>
      <PresenceBadge aria-hidden status={isAway ? "away" : connected ? "available" : "offline"} />
      <bdi>{text}</bdi>
      {availability.since != null && <RelativeTime time={availability.since} className={styles.quiet} />}
      {isAway && !connected && <span className={styles.quiet}>not connected</span>}
    </span>
  );
}
