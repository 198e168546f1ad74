// What colleagues offer, above every list: an answer is wanted soon, whatever list is open.
import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearchParams } from "react-router";
import type { InboxState } from "../../api/types";
import { OfferAnswers } from "../handOver/OfferAnswers";
import { summaryKey } from "../keys";
import { useShortcut } from "../shortcuts/useShortcut";
import { useOffered } from "../useLists";
import { visitorName } from "../visitorName";
import { InboxItem } from "./InboxItem";

const useStyles = makeStyles({
  part: {
    flexShrink: 0,
    maxHeight: "40%",
    overflowY: "auto",
    margin: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorBrandStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  list: { listStyleType: "none", margin: 0, padding: tokens.spacingHorizontalXS },
  offer: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS}`,
  },
  what: { flexBasis: "100%", overflowWrap: "anywhere" },
});

export function Offered({ selected, tab }: { selected: string | undefined; tab: InboxState }) {
  const styles = useStyles();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { data: offered = [] } = useOffered();
  const [first] = offered;
  const open = (id: string, isAccepted: boolean) =>
    void navigate({ pathname: `/agent/${id}`, search: search.toString() }, { state: { accepted: isAccepted } });
  useShortcut("o", () => first && open(first.id, false));
  if (offered.length === 0) return null;
  return (
    <section aria-label="Offered to you" className={styles.part}>
      <ul className={styles.list}>
        {offered.map((conversation) => (
          <li key={conversation.id}>
            <InboxItem conversation={conversation} isSelected={conversation.id === selected} isMine={false} tab={tab} />
            <div className={styles.offer}>
              <Text size={200} className={styles.what} dir="auto">
                {`Offered by ${conversation.offer?.by.name}${conversation.offer?.note == null ? "" : `: “${conversation.offer.note}”`}`}
              </Text>
              <OfferAnswers
                id={conversation.id}
                of={visitorName(conversation)}
                onAnswered={() => void cache.invalidateQueries({ queryKey: summaryKey(conversation.id) })}
                onAccepted={() => open(conversation.id, true)}
              />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
