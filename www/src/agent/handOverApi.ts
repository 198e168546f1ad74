// What the agent console asks of the server to give a conversation on: hand over, offers, and what supervisors do.
import { client, dataOf, done } from "../api/client";
import type { Assign, Colleagues, HandOver } from "../api/types";

const at = (id: string) => ({ params: { path: { id } } });

export const readColleagues = (id: string): Promise<Colleagues> =>
  dataOf(client.GET("/api/v1/agent/conversations/{id}/colleagues", at(id)));

/** Puts a conversation into a queue, or asks a colleague to take it. */
export const handOver = (id: string, body: HandOver): Promise<void> =>
  done(client.POST("/api/v1/agent/conversations/{id}/hand-over", { ...at(id), body }));

/** Gives it back to whom it came from: the server says whether they are asked, or it waits. */
export const handBack = (id: string, note: string | undefined): Promise<void> =>
  done(client.POST("/api/v1/agent/conversations/{id}/hand-back", { ...at(id), body: note === undefined ? {} : { note } }));

export const decline = (id: string): Promise<void> => done(client.POST("/api/v1/agent/conversations/{id}/decline", at(id)));

export const withdraw = (id: string): Promise<void> => done(client.POST("/api/v1/agent/conversations/{id}/withdraw", at(id)));

/** Takes a conversation over from `from`; `conflict` where somebody else has it by now. */
export const takeOver = (id: string, from: string): Promise<void> =>
  done(client.POST("/api/v1/agent/conversations/{id}/take-over", { ...at(id), body: { from } }));

export const assign = (id: string, body: Assign): Promise<void> =>
  done(client.POST("/api/v1/agent/conversations/{id}/assign", { ...at(id), body }));

export const join = (id: string): Promise<void> => done(client.POST("/api/v1/agent/conversations/{id}/join", at(id)));

export const leave = (id: string): Promise<void> => done(client.POST("/api/v1/agent/conversations/{id}/leave", at(id)));
