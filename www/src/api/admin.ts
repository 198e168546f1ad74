// What administrators record, as resources with one shape. Each line below is one call of the server's API.
import { client, dataOf, done } from "./client";
import type {
  ApiToken,
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
  remove(id: string): Promise<void>;
}

export interface Resource<Item, Body, Change = Body> extends Listed<Item>, Removable {
  read(id: string): Promise<Item>;
  create(body: Body): Promise<Item>;
  change(id: string, body: Change): Promise<Item>;
}

const at = (id: string) => ({ params: { path: { id } } });

export const authenticationSettings: Resource<AuthenticationSetting, AuthenticationSettingBody> = {
  key: "authentication-settings",
  list: (query) => dataOf(client.GET("/api/v1/admin/authentication-settings", { params: { query } })),
  read: (id) => dataOf(client.GET("/api/v1/admin/authentication-settings/{id}", at(id))),
  create: (body) => dataOf(client.POST("/api/v1/admin/authentication-settings", { body })),
  change: (id, body) => dataOf(client.PUT("/api/v1/admin/authentication-settings/{id}", { ...at(id), body })),
  remove: (id) => done(client.DELETE("/api/v1/admin/authentication-settings/{id}", at(id))),
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
  change: (id, body) => dataOf(client.PUT("/api/v1/admin/chat-widgets/{id}", { ...at(id), body })),
  remove: (id) => done(client.DELETE("/api/v1/admin/chat-widgets/{id}", at(id))),
};

/** What to paste into the website. */
export const readSnippet = (id: string) => dataOf(client.GET("/api/v1/admin/chat-widgets/{id}/snippet", at(id)));

export const workStreams: Resource<WorkStream, WorkStreamBody> = {
  key: "work-streams",
  list: (query) => dataOf(client.GET("/api/v1/admin/work-streams", { params: { query } })),
  read: (id) => dataOf(client.GET("/api/v1/admin/work-streams/{id}", at(id))),
  create: (body) => dataOf(client.POST("/api/v1/admin/work-streams", { body })),
  change: (id, body) => dataOf(client.PUT("/api/v1/admin/work-streams/{id}", { ...at(id), body })),
  remove: (id) => done(client.DELETE("/api/v1/admin/work-streams/{id}", at(id))),
};

export const queues: Resource<Queue, QueueBody> = {
  key: "queues",
  list: (query) => dataOf(client.GET("/api/v1/admin/queues", { params: { query } })),
  read: (id) => dataOf(client.GET("/api/v1/admin/queues/{id}", at(id))),
  create: (body) => dataOf(client.POST("/api/v1/admin/queues", { body })),
  change: (id, body) => dataOf(client.PUT("/api/v1/admin/queues/{id}", { ...at(id), body })),
  remove: (id) => done(client.DELETE("/api/v1/admin/queues/{id}", at(id))),
};

export const contacts: Resource<Contact, ContactBody> = {
  key: "contacts",
  list: (query) => dataOf(client.GET("/api/v1/admin/contacts", { params: { query } })),
  read: (id) => dataOf(client.GET("/api/v1/admin/contacts/{id}", at(id))),
  create: (body) => dataOf(client.POST("/api/v1/admin/contacts", { body })),
  change: (id, body) => dataOf(client.PUT("/api/v1/admin/contacts/{id}", { ...at(id), body })),
  remove: (id) => done(client.DELETE("/api/v1/admin/contacts/{id}", at(id))),
};

export const operators: Resource<Operator, NewOperator, OperatorChange> = {
  key: "operators",
  list: (query) => dataOf(client.GET("/api/v1/admin/operators", { params: { query } })),
  read: (id) => dataOf(client.GET("/api/v1/admin/operators/{id}", at(id))),
  create: (body) => dataOf(client.POST("/api/v1/admin/operators", { body })),
  change: (id, body) => dataOf(client.PUT("/api/v1/admin/operators/{id}", { ...at(id), body })),
  remove: (id) => done(client.DELETE("/api/v1/admin/operators/{id}", at(id))),
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
export const readAudit = (query: { cursor?: string; limit: number }) =>
  dataOf(client.GET("/api/v1/admin/audit", { params: { query } }));
