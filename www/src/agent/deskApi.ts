// What the agent console asks of the server beside messages: notes, events, the close with its reason, transcripts.
import { client, dataOf, done } from "../api/client";
import type { CloseConversation, ConversationEvent, Note } from "../api/types";
import type { Numbered } from "./chat/asides";

const at = (id: string) => ({ params: { path: { id } } });

/** All notes with a higher number than `after`. */
export const readNotes = (id: string, after: number, signal?: AbortSignal): Promise<Note[]> =>
  toTheEnd(after, (last) =>
    dataOf(
      client.GET("/api/v1/agent/conversations/{id}/notes", {
        params: { path: { id }, query: { after: last } },
        signal: signal ?? null,
      }),
    ),
  );

/** All events with a higher number than `after`. */
export const readEvents = (id: string, after: number, signal?: AbortSignal): Promise<ConversationEvent[]> =>
  toTheEnd(after, (last) =>
    dataOf(
      client.GET("/api/v1/agent/conversations/{id}/events", {
        params: { path: { id }, query: { after: last } },
        signal: signal ?? null,
      }),
    ),
  );

/** Stores a note. Sending the same `clientId` again changes nothing and answers the same. */
export const postNote = (id: string, clientId: string, text: string): Promise<Note> =>
  dataOf(client.POST("/api/v1/agent/conversations/{id}/notes", { ...at(id), body: { clientId, text } }));

/** Closes a conversation, or says of one that is over why it was. */
export const closeWith = (id: string, body: CloseConversation): Promise<void> =>
  done(client.POST("/api/v1/agent/conversations/{id}/close", { ...at(id), body }));

/** Where a transcript is. The browser fetches it with the session's cookie. */
export const transcriptUrl = (id: string, query: string): string =>
  `/api/v1/agent/conversations/${encodeURIComponent(id)}/transcript?${query}`;

async function toTheEnd<Item extends Numbered>(
  after: number,
  read: (after: number) => Promise<{ items: Item[]; more: boolean }>,
): Promise<Item[]> {
  const items: Item[] = [];
  for (;;) {
    const answer = await read(items.at(-1)?.number ?? after);
    items.push(...answer.items);
    if (!answer.more || answer.items.length === 0) return items;
  }
}
