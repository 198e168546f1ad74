// What the agent console asks of the server. Each function below is one call, or one list read to its end.
import { client, dataOf, done } from "../api/client";
import type { AgentConversation, ConversationSummary, Message, Page } from "../api/types";

const at = (id: string) => ({ params: { path: { id } } });

/** Pages read at most: 2,000 open conversations are more than an inbox can show. */
const openPages = 10;

/** Conversations that wait or are active, in routing order. */
export async function readOpen(signal?: AbortSignal): Promise<AgentConversation[]> {
  const items: AgentConversation[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < openPages; page++) {
    const query = cursor === undefined ? { limit: 200 } : { cursor, limit: 200 };
    const answer = await dataOf(client.GET("/api/v1/agent/conversations", { params: { query }, signal: signal ?? null }));
    items.push(...answer.items);
    if (answer.next == null) break;
    cursor = answer.next;
  }
  return items;
}

/** Conversations that are over, a page at a time. */
export const readClosed = (cursor: string | undefined): Promise<Page<AgentConversation>> =>
  dataOf(
    client.GET("/api/v1/agent/conversations", {
      params: { query: { state: "closed", limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
    }),
  );

export const readSummary = (id: string): Promise<ConversationSummary> =>
  dataOf(client.GET("/api/v1/agent/conversations/{id}/summary", at(id)));

/** Takes a waiting conversation. Exactly one agent succeeds; the others get `conflict`, which says who has it. */
export const accept = (id: string): Promise<void> => done(client.POST("/api/v1/agent/conversations/{id}/accept", at(id)));

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
