// Conversations as the server lists them, for tests.
import type { Pages } from "../../src/agent/inbox/order";
import type { AgentConversation, ConversationSummary } from "../../src/api/types";

export const conversation = (id: string, part: Partial<AgentConversation> = {}): AgentConversation => ({
  id,
  authenticated: "no",
  identity: "none",
  visitor: null,
  queue: { id: "que_1", name: "General" },
  priority: 0,
  state: "waiting",
  agent: null,
  handedBack: false,
  pushed: false,
  startedAt: "2026-11-22T20:00:00.000Z",
  acceptedAt: null,
  closedAt: null,
  visitorPresence: { state: "here", since: "2026-11-22T20:00:00.000Z" },
  lastSeq: 0,
  lastText: null,
  readByAgent: 0,
  deliveredToVisitor: 0,
  readByVisitor: 0,
  closingReason: null,
  offer: null,
  joined: [],
  ...part,
});

/** What an agent reads first of an anonymous visitor's conversation. */
export const summaryOf = (part: Partial<ConversationSummary> = {}): ConversationSummary => ({
  id: "con_1",
  authenticated: "no",
  authentication: { reason: "not-signed-in" },
  contact: { notLinked: "not-authenticated" },
  profile: {},
  context: { signed: {}, unsigned: {} },
  queue: { id: "que_1", name: "General" },
  rule: null,
  priority: 0,
  page: { url: "https://shop.example.com/", title: "Cart", locale: "en" },
  state: "active",
  agent: null,
  startedAt: "2026-11-22T20:00:00.000Z",
  visitorPresence: { state: "here", since: "2026-11-22T20:00:00.000Z" },
  otherConversations: [],
  closing: { reasons: [], required: false, reason: null },
  offer: null,
  joined: [],
  cameFrom: null,
  isReadOnly: false,
  ...part,
});

/** A list by its pages; `next` is the last one's. */
export const pages = (next: string | null, ...lists: AgentConversation[][]): Pages => ({
  pages: lists.map((items, index) => ({ items, next: index === lists.length - 1 ? next : `page ${index + 1}` })),
  pageParams: lists.map((_, index) => (index === 0 ? undefined : `page ${index}`)),
});
