// "Authenticated: Yes" stands only where the server's record says so; nobody's text can put it there.
import { render, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Summary } from "../../src/agent/summary/Summary";
import type { ConversationSummary } from "../../src/api/types";

const claim = "Authenticated: Yes";

const anonymous: ConversationSummary = {
  id: "cnv_1",
  authenticated: "no",
  authentication: { reason: "not-signed-in" },
  contact: { notLinked: "not-authenticated" },
  profile: {},
  context: { signed: {}, unsigned: { [claim]: claim } },
  queue: { id: "que_1", name: claim },
  rule: null,
  priority: 0,
  page: { url: "javascript:alert(1)", title: claim, locale: "en" },
  state: "waiting",
  agent: null,
  startedAt: "2026-11-22T20:00:00.000Z",
  visitorPresence: { state: "here", since: "2026-11-22T20:00:00.000Z" },
  otherConversations: [],
  closing: { reasons: [], required: false, reason: null },
  joined: [],
  isReadOnly: false,
};

const proved: ConversationSummary = {
  ...anonymous,
  authenticated: "yes",
  authentication: {
    setting: { id: "set_1", name: "Shop" },
    issuer: "contosohelp.com",
    subject: "87b4d06c",
    keyId: null,
    keyFingerprint: "5485c6ac",
    verifiedAt: "2026-11-22T20:00:00.000Z",
    expiresAt: "2026-11-22T20:15:00.000Z",
    state: "current",
  },
};

const verdict = () => within(screen.getByRole("region", { name: "Authentication" })).getByRole("heading", { level: 2 });

describe("the conversation summary", () => {
  it("says No with its reason, whatever the visitor's texts claim", () => {
    render(<Summary summary={anonymous} />);
    expect(verdict()).toHaveTextContent(/^Authenticated: No$/);
    expect(screen.getByText(/not signed in on the website/)).toBeInTheDocument();
    expect(within(screen.getByRole("region", { name: "From the page (not verified)" })).getAllByText(claim)).toHaveLength(2);
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("says Yes for a proof, and that it lapsed when it did", () => {
    const { rerender } = render(<Summary summary={proved} />);
    expect(verdict()).toHaveTextContent(/^Authenticated: Yes$/);
    expect(screen.queryByText("Lapsed.")).toBeNull();
    if (!("state" in proved.authentication)) throw new Error("not a proof");
    rerender(<Summary summary={{ ...proved, authentication: { ...proved.authentication, state: "lapsed" } }} />);
    expect(verdict()).toHaveTextContent(/^Authenticated: Yes$/);
    expect(screen.getByText("Lapsed.")).toBeInTheDocument();
  });
});
