// What forms hold and what is sent: nothing is lost on the way there and back.
import { describe, expect, it } from "vitest";
import { bodyOf as streamBody, typedValue, valuesOf as streamValues } from "../../src/admin/streams/streamValues";
import { newPassword } from "../../src/admin/operators/newPassword";
import { readableOn } from "../../src/admin/widgets/WidgetPreview";
import { bodyOf as widgetBody, originsOf, valuesOf as widgetValues } from "../../src/admin/widgets/widgetValues";
import type { ChatWidget, WorkStream } from "../../src/api/types";

const at = { version: 1, createdAt: "2026-11-22T20:00:00.000Z", updatedAt: "2026-11-22T20:00:00.000Z" };

const stream: WorkStream = {
  id: "wst_1",
  name: "Shop",
  contextVariables: [
    { name: "msdyn_cartvalue", type: "number" },
    { name: "msdyn_isvip", type: "boolean" },
    { name: "plan", type: "text" },
  ],
  rules: [
    {
      name: "Big basket",
      when: { all: [{ authenticated: true }, { variable: "msdyn_cartvalue", operator: "atLeast", value: 5000 }] },
      queue: "que_1",
      priority: 50,
    },
    {
      when: {
        any: [
          { variable: "msdyn_isvip", operator: "equals", value: true },
          { variable: "plan", operator: "isSet" },
          { variable: "plan", operator: "startsWith", value: "5" },
          { authenticated: false },
        ],
      },
      queue: "que_2",
      priority: -3,
    },
  ],
  fallbackQueue: "que_3",
  resume: "never",
  closingReasons: ["Solved", "No answer"],
  closingReasonRequired: true,
  usedBy: [],
  warnings: [],
  ...at,
};

describe("a work stream", () => {
  it("comes out of its form as it went in", () => {
    const { name, contextVariables, rules, fallbackQueue, resume, closingReasons, closingReasonRequired } = stream;
    const body = { name, contextVariables, rules, fallbackQueue, resume, closingReasons, closingReasonRequired };
    expect(streamBody(streamValues(stream, ""))).toEqual(body);
    const lines = { ...streamValues(stream, ""), closingReasons: " Solved \n\n No answer\n" };
    expect(streamBody(lines).closingReasons).toEqual(["Solved", "No answer"]);
    expect(streamBody(streamValues({ ...stream, resume: "same-person" }, "")).resume).toBe("same-person");
  });

  it("sends what was typed as its declared type, and what does not fit as it is", () => {
    expect(typedValue(" 10000 ", "number")).toBe(10000);
    expect(typedValue("1e999", "number")).toBe("1e999");
    expect(typedValue("12345678901234567890", "number")).toBe("12345678901234567890");
    expect(typedValue("abc", "number")).toBe("abc");
    expect(typedValue("false", "boolean")).toBe(false);
    expect(typedValue("5", "text")).toBe("5");
  });
});

describe("a chat widget", () => {
  const widget: ChatWidget = {
    id: "wgt_1",
    name: "Shop",
    workStream: { id: "wst_1", name: "Shop" },
    authenticationSetting: { id: "set_1", name: "Shop" },
    signIn: "optional",
    allowedOrigins: ["https://a.example", "https://b.example"],
    appearance: { title: "Hi", accentColor: "#0f766e", position: "start" },
    releaseSeconds: 600,
    ...at,
  };

  it("comes out of its form as it went in", () => {
    expect(widgetBody(widgetValues(widget, ""))).toEqual({
      name: "Shop",
      workStream: "wst_1",
      authenticationSetting: "set_1",
      signIn: "optional",
      allowedOrigins: ["https://a.example", "https://b.example"],
      appearance: { title: "Hi", accentColor: "#0f766e", position: "start" },
      releaseSeconds: 600,
      files: null,
    });
    const files: ChatWidget["files"] = { maxBytes: 2_621_440, types: ["image/png", "application/pdf"] };
    expect(widgetValues({ ...widget, files }, "").files?.megabytes).toBe("2.5");
    expect(widgetBody(widgetValues({ ...widget, files }, "")).files).toEqual(files);
    expect(widgetBody({ ...widgetValues(widget, ""), releaseSeconds: " 90 " }).releaseSeconds).toBe(90);
    expect(widgetBody({ ...widgetValues(widget, ""), signIn: { setting: "", unknown: "required" } }).authenticationSetting).toBeNull();
  });

  it("takes origins as people paste them", () => {
    expect(originsOf(" https://a.example,\n\nhttps://b.example ")).toEqual(["https://a.example", "https://b.example"]);
  });

  it("writes on its colour in the one that can be read", () => {
    expect(readableOn("#ffffff")).toBe("#000000");
    expect(readableOn("#4b4dcf")).toBe("#ffffff");
    expect(readableOn("#ffcc00")).toBe("#000000");
  });
});

describe("a generated password", () => {
  it("can be read out and is long enough", () => {
    expect(newPassword()).toMatch(/^(?:[a-hjkmnp-z2-9]{4}-){4}[a-hjkmnp-z2-9]{4}$/);
    expect(newPassword()).not.toBe(newPassword());
  });
});
