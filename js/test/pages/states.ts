/** Shows one state of the chat, named in the query: `?state=active&scheme=dark&lang=ar&dir=rtl&accent=%23…`. */
import { defineElement } from "../../src/element/define";
import type { ErrorCode } from "../../src/engine/pkg/bonafide_widget";
import { type ScriptedEngine, scripted } from "../scripted-engine";

const query = new URLSearchParams(location.search);
const page = document.documentElement;
page.lang = query.get("lang") ?? "en";
page.dir = query.get("dir") ?? "ltr";
page.style.colorScheme = query.get("scheme") ?? "light";
const rtl = page.dir === "rtl";

const TITLE = rtl ? "الدعم" : "Northwind support";
const GREETING = rtl
  ? "مرحبًا! اسألنا عن طلبك أو عن أي شيء آخر."
  : "Hi there! Ask us about an order, a delivery, or which teapot pours best.";

function ready(engine: ScriptedEngine): void {
  engine.draw({ phase: "ready", signIn: "optional", appearance: { title: TITLE, greeting: GREETING } });
}

function waiting(engine: ScriptedEngine): void {
  ready(engine);
  engine.draw({ phase: "waiting", connection: "online", queue: "General", position: 2, identity: "current" });
}

function active(engine: ScriptedEngine): void {
  ready(engine);
  const own = { from: "visitor", name: null, delivery: "read" } as const;
  engine.draw({ phase: "active", connection: "online", queue: "Gold", agent: rtl ? "ليلى" : "Maya Lindqvist", identity: "current" });
  if (rtl) {
    engine.message("مرحبًا، أين طلبي رقم 10482؟", own);
    engine.message("أهلًا! دعني أتحقق من ذلك.", { name: "ليلى" });
    engine.message("التفاصيل هنا: https://shop.example/orders/10482.", { name: "ليلى" });
    engine.message("شكرًا لك!", own);
    return;
  }
  engine.message("Hello! Where is my order 10482?", own);
  engine.message("It should have been here on Friday.", own);
  engine.message("Good morning! Let me look that up for you.");
  engine.message(
    "It left our studio yesterday and arrives tomorrow. You can follow it at https://shop.example/orders/10482 (no sign-in needed).\n\nAnything else?",
  );
  engine.message("Wonderful, thank you!", own);
}

function failed(code: ErrorCode, retryable: boolean): (engine: ScriptedEngine) => void {
  return (engine) => {
    ready(engine);
    engine.draw({ phase: "failed", error: { code, message: "", requestId: "req_7f3a91c2", retryable } });
  };
}

const STATES: Record<string, (engine: ScriptedEngine) => void> = {
  configuring: (engine) => engine.draw({ phase: "configuring" }),
  ready,
  authenticating: (engine) => {
    ready(engine);
    engine.draw({ phase: "authenticating" });
  },
  waiting,
  active,
  typing: (engine) => {
    active(engine);
    engine.tell({ type: "agent-typing" });
  },
  delivery: (engine) => {
    active(engine);
    const own = { from: "visitor", name: null, sentAt: null } as const;
    engine.message("And one more thing", { ...own, delivery: "failed" });
    engine.message("Do you ship to Norway?", { ...own, delivery: "sending" });
  },
  long: (engine) => {
    active(engine);
    engine.message(
      `${"Donaudampfschifffahrtselektrizitätenhauptbetriebswerk".repeat(3)} and mailto:help@shop.example, tel:+4712345678, javascript:alert(1)`,
    );
    engine.message("A mix: שלום עולם and English, then مرحبا", { from: "visitor", name: null, delivery: "sent" });
  },
  offline: (engine) => {
    active(engine);
    engine.draw({ connection: "offline" });
  },
  lapsed: (engine) => {
    active(engine);
    engine.draw({ identity: "lapsed", error: { code: "client-function-timeout", message: "", requestId: null, retryable: true } });
  },
  "sign-in": (engine) => {
    ready(engine);
    engine.draw({ phase: "sign-in-needed", signIn: "required" });
  },
  ended: (engine) => {
    active(engine);
    engine.draw({ phase: "ended", connection: "none" });
  },
  network: failed("network-unreachable", true),
  expired: failed("token-expired", true),
  setup: failed("origin-not-allowed", false),
};

const module = scripted();
defineElement(async () => {
  if (query.get("state") === "unloadable") throw new Error("blocked");
  return module;
});

const element = document.createElement("bonafide-chat");
element.setAttribute("widget", "wgt_states");
element.setAttribute("server", "https://chat.invalid");
for (const name of ["accent-color", "position"]) {
  const value = query.get(name);
  if (value) element.setAttribute(name, value);
}
sessionStorage.clear();
element.addEventListener("ready", async () => {
  const state = query.get("state") ?? "active";
  if (state === "unread") {
    element.setAttribute("debug-scripted", "");
    void element.start();
    await Promise.resolve();
  } else if (state !== "closed") await element.open();
  const engine = await new Promise<ScriptedEngine | undefined>((resolve) => {
    const look = () =>
      module.engines[0] || state === "closed" || state === "unloadable" ? resolve(module.engines[0]) : requestAnimationFrame(look);
    look();
  });
  if (engine && state === "unread") {
    active(engine);
    engine.draw({ unread: 3 });
  } else if (engine) STATES[state]?.(engine);
  if (state === "confirm" && engine) {
    active(engine);
    element.shadowRoot?.querySelector<HTMLElement>(".tool")?.click();
  }
  page.dataset.drawn = state;
});
document.body.append(element);
