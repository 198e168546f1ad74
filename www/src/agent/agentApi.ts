// What the agent console asks of the server. Each function below is one call, or one list read to its end.
import { client, dataOf, done } from "../api/client";
import type { AgentConversation, ConversationSummary, InboxState, Message, Page } from "../api/types";

const at = (id: string) => ({ params: { path: { id } } });

/** Conversations of one part of the inbox, a page at a time, in the server's order. */
export const readPage = (
  state: InboxState,
  cursor: string | undefined,
  limit: number,
  signal?: AbortSignal,
): Promise<Page<AgentConversation>> =>
  dataOf(
    client.GET("/api/v1/agent/conversations", {
      params: { query: { state, limit, ...(cursor === undefined ? {} : { cursor }) } },
      signal: signal ?? null,
    }),
  );

/** Pages of own conversations that are read at most: nobody has more than 2,000. */
const minePages = 10;

/** The operator's own conversations that are not over. */
export async function readMine(signal?: AbortSignal): Promise<AgentConversation[]> {
  const items: AgentConversation[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < minePages; page++) {
    const answer = await readPage("active", cursor, 200, signal);
    items.push(...answer.items);
    if (answer.next == null) break;
    cursor = answer.next;
  }
  return items;
}

/** What colleagues offer: few, as each is answered or over within minutes. */
export const readOffered = async (signal?: AbortSignal): Promise<AgentConversation[]> =>
  (await readPage("offered", undefined, 200, signal)).items;

export const readSummary = (id: string): Promise<ConversationSummary> =>
  dataOf(client.GET("/api/v1/agent/conversations/{id}/summary", at(id)));

/** Takes a waiting conversation, or one that is offered. Exactly one agent succeeds; the others get `conflict`, which says who has it. */
export const accept = (id: string): Promise<void> => done(client.POST("/api/v1/agent/conversations/{id}/accept", at(id)));

/** Takes what is to be served next; null when nothing waits. `conflict` for somebody who has as many as they are given at most. */
export const acceptNext = async (): Promise<AgentConversation | null> =>
  (await dataOf(client.POST("/api/v1/agent/accept-next"))).conversation ?? null;

/** All messages with a higher `seq` than `after`. */
export async function readMessages(id: string, after: number, signal?: AbortSignal): Promise<Message[]> {
  const items: Message[] = [];
  for (;;) {
    const last = items.at(-1)?.seq ?? after;
    const answer = await dataOf(
      client.GET("/api/v1/agent/conversations/{id}/messages", {
        params: { path: { id }, query: { after: last } },
        signal: signal ?? null,
      }),
    );
    items.push(...answer.items);
    if (!answer.more || answer.items.length === 0) return items;
  }
}

/** Sends a message. Sending the same `clientId` again changes nothing and answers the same. */
export const postMessage = (id: string, clientId: string, text: string): Promise<Message> =>
  dataOf(client.POST("/api/v1/agent/conversations/{id}/messages", { ...at(id), body: { clientId, text } }));
