// Canned replies as resources: those that all agents share, and one's own. Each line below is one call of the server's API.
import { at, on, type Resource } from "./admin";
import { client, dataOf, done } from "./client";
import type { CannedReply, CannedReplyBody } from "./types";

/** What administrators record for all. */
export const sharedReplies: Resource<CannedReply, CannedReplyBody> = {
  key: "shared-replies",
  list: (query) => dataOf(client.GET("/api/v1/admin/canned-replies", { params: { query } })),
  read: (id) => dataOf(client.GET("/api/v1/admin/canned-replies/{id}", at(id))),
  create: (body) => dataOf(client.POST("/api/v1/admin/canned-replies", { body })),
  change: (id, body, version) => dataOf(client.PUT("/api/v1/admin/canned-replies/{id}", { ...on(id, version), body })),
  remove: (id, version) => done(client.DELETE("/api/v1/admin/canned-replies/{id}", on(id, version))),
};

/** One's own. The list also has the shared ones, which can only be read here. */
export const ownReplies: Resource<CannedReply, CannedReplyBody> = {
  key: "own-replies",
  list: (query) => dataOf(client.GET("/api/v1/agent/canned-replies", { params: { query } })),
  read: (id) => dataOf(client.GET("/api/v1/agent/canned-replies/{id}", at(id))),
  create: (body) => dataOf(client.POST("/api/v1/agent/canned-replies", { body })),
  change: (id, body, version) => dataOf(client.PUT("/api/v1/agent/canned-replies/{id}", { ...on(id, version), body })),
  remove: (id, version) => done(client.DELETE("/api/v1/agent/canned-replies/{id}", on(id, version))),
};
