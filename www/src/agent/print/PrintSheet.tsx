// The conversation on paper: with whom, how that was proved, and what was said; black on white. In the page only while it is
// printed, as a long conversation would otherwise be there twice. No notes and no events: paper leaves the desk.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { createPortal, flushSync } from "react-dom";
import type { ConversationSummary, Message } from "../../api/types";
import { useSession } from "../../session/session";
import { formatBytes } from "../../shell/bytes";
import { formatFull } from "../../shell/times";
import { nameOf } from "../ConversationHeader";
import { messagesKey } from "../keys";
import "./print.css";

/** Whether the page is being printed. True before the browser lays it out for paper. */
function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const set = (next: boolean) => flushSync(() => setPrinting(next));
    const before = () => set(true);
    const after = () => set(false);
    const media = window.matchMedia("print");
    const changed = () => set(media.matches);
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    media.addEventListener("change", changed);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
      media.removeEventListener("change", changed);
    };
  }, []);
  return isPrinting;
}

export function PrintSheet({ summary }: { summary: ConversationSummary }) {
  const cache = useQueryClient();
  const { data } = useSession();
  // Whoever is signed out reads on no longer, on paper either.
  if (!usePrinting() || data?.isOver) return null;
  const messages = cache.getQueryData<Message[]>(messagesKey(summary.id)) ?? [];
  const visitor = nameOf(summary);
  return createPortal(
    <article className="bonafide-print">
      <h1 dir="auto">{visitor}</h1>
      <dl>
        {factsOf(summary).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      <ol>
        {messages.map(({ id, from, name, text, attachment, sentAt }) => (
          <li key={id}>
            <p className="bonafide-print-head">
              <b>
                <bdi>{from === "agent" ? (name ?? "Agent") : visitor}</bdi>
              </b>{" "}
              ({from}), {formatFull(sentAt)}
            </p>
            <p dir="auto">{attachment ? `[file] ${text} (${formatBytes(attachment.bytes)})` : text}</p>
          </li>
        ))}
      </ol>
    </article>,
    document.body,
  );
}

function factsOf({ id, authentication, queue, agent, startedAt }: ConversationSummary): [string, string][] {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const proof: [string, string][] =
    "reason" in authentication
      ? [["Authenticated", "No"]]
      : [
          ["Authenticated", authentication.state === "lapsed" ? "Yes, lapsed" : "Yes"],
          ["Proved by", authentication.setting.name],
          ["Issuer", authentication.issuer],
          ["Subject", authentication.subject],
          ["Key SHA-256", authentication.keyFingerprint],
          ["Verified", formatFull(authentication.verifiedAt)],
          ["Valid until", formatFull(authentication.expiresAt)],
        ];
  return [
    ["Conversation", id],
    ["Started", formatFull(startedAt)],
    ["Times in", timeZone],
    ["Queue", queue.name],
    ...(agent ? [["Agent", agent.name] satisfies [string, string]] : []),
    ...proof,
  ];
}
