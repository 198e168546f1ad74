// Canned replies: variables are filled from the summary, what is not known is marked, and nothing goes out with a brace.
import { describe, expect, it } from "vitest";
import { blanksIn, fill, type ReplyValues, valuesOf } from "../../src/agent/replies/fill";
import { findReplies } from "../../src/agent/replies/find";
import type { CannedReply } from "../../src/api/types";
import { summaryOf } from "./conversations";

const values: ReplyValues = { visitor: "Bert", agent: "Ana", queue: "VIP", context: { cart: "10000", "order number": "7" } };

const anonymous = summaryOf({ context: { signed: {}, unsigned: { cart: 5 } } });

describe("filling a canned reply", () => {
  it("puts in what is known", () => {
    const text = "Hello {visitor}, I am {agent} of {queue}. Cart {context.cart}, order {context.order number}.";
    expect(fill(text, values)).toBe("Hello Bert, I am Ana of VIP. Cart 10000, order 7.");
  });

  it("marks what is not, and finds the marks in order", () => {
    const text = fill("Hello {visitor}: {context.plan}", { ...values, visitor: " " });
    expect(text).toBe("Hello ‹visitor›: ‹context.plan›");
    expect(blanksIn(text).map(({ name, start, end }) => [name, text.slice(start, end)])).toEqual([
      ["visitor", "‹visitor›"],
      ["context.plan", "‹context.plan›"],
    ]);
    expect(blanksIn("‹and other quotes›")).toEqual([]);
  });

  it("does not look into what it filled in", () => {
    expect(fill("{visitor}", { ...values, visitor: "{agent} $& $1" })).toBe("{agent} $& $1");
  });

  it.each(["{context.constructor}", "{context.__proto__}", "{context.toString}"])("knows nothing of %s", (text) => {
    expect(blanksIn(fill(text, values))).toHaveLength(1);
  });

  it("takes the name and context from the summary, the signed before the page's", () => {
    expect(valuesOf(anonymous, "Ana")).toEqual({ visitor: "", agent: "Ana", queue: "General", context: { cart: "5" } });
    const known = {
      ...anonymous,
      profile: { givenName: "Nancy", familyName: "Anderson" },
      context: { signed: { cart: 9, vip: true }, unsigned: { cart: 5 } },
    };
    expect(valuesOf(known, "Ana")).toMatchObject({ visitor: "Nancy Anderson", context: { cart: "9", vip: "true" } });
  });
});

describe("finding a canned reply", () => {
  const reply = (name: string, text = "x"): CannedReply => ({
    id: `rpl_${name}`,
    name,
    text,
    shared: true,
    version: 1,
    createdAt: "2026-11-22T20:00:00.000Z",
    updatedAt: "2026-11-22T20:00:00.000Z",
  });
  const all = [reply("Bye"), reply("Hello"), reply("Say hello"), reply("Refund", "hello, your refund")];
  const found = (typed: string) => findReplies(all, typed).map(({ name }) => name);

  it("puts names that begin so first, then those that hold it, then texts", () => {
    expect(found("HEL")).toEqual(["Hello", "Say hello", "Refund"]);
    expect(found("")).toEqual(["Bye", "Hello", "Say hello", "Refund"]);
    expect(found("hello say")).toEqual(["Say hello"]);
    expect(found("nothing")).toEqual([]);
  });
});
