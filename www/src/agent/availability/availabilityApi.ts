// What the console asks about who takes conversations: the operator themselves, and their colleagues.
import type { Listed } from "../../api/admin";
import { client, dataOf } from "../../api/client";
import type { AgentQueue, AvailabilityChange, Colleague } from "../../api/types";

export const readAvailability = (): Promise<Colleague> => dataOf(client.GET("/api/v1/agent/availability"));

export const setAvailability = (body: AvailabilityChange): Promise<Colleague> =>
  dataOf(client.PUT("/api/v1/agent/availability", { body }));

/** The operator and those who serve a queue together with them. */
export const colleagues: Listed<Colleague> = {
  key: "colleagues",
  list: (query) => dataOf(client.GET("/api/v1/agent/colleagues", { params: { query } })),
};

/** The queues that the operator serves. */
export const servedQueues: Listed<AgentQueue> = {
  key: "served-queues",
  list: (query) => dataOf(client.GET("/api/v1/agent/queues", { params: { query } })),
};
