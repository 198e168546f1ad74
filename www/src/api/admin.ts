// What administrators record, as resources with one shape. Each line below is one call of the server's API.
import { client, dataOf, done } from "./client";
import type {
  ApiToken,
  AuditQuery,
  AuthenticationSetting,
  AuthenticationSettingBody,
  ChatWidget,
  ChatWidgetBody,
  Contact,
  ContactBody,
  NewOperator,
  Operator,
  OperatorChange,
  Page,
  Queue,
  QueueBody,
  WorkStream,
  WorkStreamBody,
} from "./types";

/** What can be listed. */
export interface Listed<Item> {
  /** First part of its query keys. */
  key: string;
  list(query: { cursor?: string; limit: number }): Promise<Page<Item>>;
}

/** What can be deleted. */
export interface Removable {
  key: string;
  /** `version` is the one that was read; what is never changed has none. */
  remove(id: string, version: number): Promise<void>;
}

export interface Resource<Item, Body, Change = Body> extends Listed<Item>, Removable {
  read(id: string): Promise<Item>;
  create(body: Body): Promise<Item>;
  /** Throws `record-changed` when another than `version` is stored by now. */
  change(id: string, body: Change, version: number): Promise<Item>;
}

/** Names one record. */
export const at = (id: string) => ({ params: { path: { id } } });

/** Names one record, and the version of it that a change is based on. */
export const on = (id: string, version: number) => ({ params: { path: { id }, header: { "If-Match": `"${version}"` } } });

export const authenticationSettings: Resource<AuthenticationSetting, AuthenticationSettingBody> = {
  key: "authentication-settings",
  list: (query) => dataOf(client.GET("/api/v1/admin/authentication-settings", { params: { query } })),
  read: (id) => dataOf(client.GET("/api/v1/admin/authentication-settings/{id}", at(id))),
  create: (body) => dataOf(client.POST("/api/v1/admin/authentication-settings", { body })),
  change: (id, body, version) => dataOf(client.PUT("/api/v1/admin/authentication-settings/{id}", { ...on(id, version), body })),
  remove: (id, version) => done(client.DELETE("/api/v1/admin/authentication-settings/{id}", on(id, version))),
};

/** Fetches the setting's keys now, and judges `token` when there is one. */
export const testSetting = (id: string, token: string | undefined) =>
  dataOf(
    client.POST("/api/v1/admin/authentication-settings/{id}/test", {
      ...at(id),
      body: token === undefined ? {} : { token },
    }),
  );

export const chatWidgets: Resource<ChatWidget, ChatWidgetBody> = {
  key: "chat-widgets",
  list: (query) => dataOf(client.GET("/api/v1/admin/chat-widgets", { params: { query } })),
  read: (id) => dataOf(client.GET("/api/v1/admin/chat-widgets/{id}", at(id))),
  create: (body) => dataOf(client.POST("/api/v1/admin/chat-widgets", { body })),
  change: (id, body, version) => dataOf(client.PUT("/api/v1/admin/chat-widgets/{id}", { ...on(id, version), body })),
  remove: (id, version) => done(client.DELETE("/api/v1/admin/chat-widgets/{id}", on(id, version))),
};

/** What to paste into the website. */
export const readSnippet = (id: string) => dataOf(client.GET("/api/v1/admin/chat-widgets/{id}/snippet", at(id)));

export const workStreams: Resource<WorkStream, WorkStreamBody> = {
  key: "work-streams",
  list: (query) => dataOf(client.GET("/api/v1/admin/work-streams", { params: { query } })),
  read: (id) => dataOf(client.GET("/api/v1/admin/work-streams/{id}", at(id))),
  create: (body) => dataOf(client.POST("/api/v1/admin/work-streams", { body })),
  change: (id, body, version) => dataOf(client.PUT("/api/v1/admin/work-streams/{id}", { ...on(id, version), body })),
  remove: (id, version) => done(client.DELETE("/api/v1/admin/work-streams/{id}", on(id, version))),
};

export const queues: Resource<Queue, QueueBody> = {
  key: "queues",
  list: (query) => dataOf(client.GET("/api/v1/admin/queues", { params: { query } })),
  read: (id) => dataOf(client.GET("/api/v1/admin/queues/{id}", at(id))),
  create: (body) => dataOf(client.POST("/api/v1/admin/queues", { body })),
  change: (id, body, version) => dataOf(client.PUT("/api/v1/admin/queues/{id}", { ...on(id, version), body })),
  remove: (id, version) => done(client.DELETE("/api/v1/admin/queues/{id}", on(id, version))),
};

export const contacts: Resource<Contact, ContactBody> = {
  key: "contacts",
  list: (query) => dataOf(client.GET("/api/v1/admin/contacts", { params: { query } })),
  read: (id) => dataOf(client.GET("/api/v1/admin/contacts/{id}", at(id))),
  create: (body) => dataOf(client.POST("/api/v1/admin/contacts", { body })),
  change: (id, body, version) => dataOf(client.PUT("/api/v1/admin/contacts/{id}", { ...on(id, version), body })),
  remove: (id, version) => done(client.DELETE("/api/v1/admin/contacts/{id}", on(id, version))),
};

export const operators: Resource<Operator, NewOperator, OperatorChange> = {
  key: "operators",
  list: (query) => dataOf(client.GET("/api/v1/admin/operators", { params: { query } })),
  read: (id) => dataOf(client.GET("/api/v1/admin/operators/{id}", at(id))),
  create: (body) => dataOf(client.POST("/api/v1/admin/operators", { body })),
  change: (id, body, version) => dataOf(client.PUT("/api/v1/admin/operators/{id}", { ...on(id, version), body })),
  remove: (id, version) => done(client.DELETE("/api/v1/admin/operators/{id}", on(id, version))),
};

/** Tokens for programs: made and revoked, never read again or changed. */
export const apiTokens: Listed<ApiToken> & Removable = {
  key: "api-tokens",
  list: (query) => dataOf(client.GET("/api/v1/admin/api-tokens", { params: { query } })),
  remove: (id) => done(client.DELETE("/api/v1/admin/api-tokens/{id}", at(id))),
};

/** The answer is the only one that holds the secret. */
export const createApiToken = (name: string) => dataOf(client.POST("/api/v1/admin/api-tokens", { body: { name } }));

/** Newest first. */
export const readAudit = (query: AuditQuery & { cursor?: string; limit: number }) =>
  dataOf(client.GET("/api/v1/admin/audit", { params: { query } }));
