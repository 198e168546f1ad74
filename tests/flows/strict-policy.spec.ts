// A page with the strictest Content-Security-Policy that still allows WebAssembly: nothing inline, nothing evaluated.

import { Chat } from "../product/chat.mjs";
import { bert, expect, test } from "./fixtures";
import { open, part } from "./looks";

/** What loads more than an English page needs: other words, from right to left, the report, and the sound. */
const PAGES = {
  "as it is": {},
  "in Arabic, with report and sound": { lang: "ar", tag: "data-debug data-sound" },
} as const;

for (const [name, look] of Object.entries(PAGES)) {
  test(`the chat works under the policy that its snippet asks for, without a violation, ${name}`, async ({ page, product, website }) => {
    website.visitor = bert;
    const { admin, workStream } = product;
    const { widget } = await website.record(admin, { workStream });
    const snippet = await admin.read(`/admin/chat-widgets/${widget}/snippet`);
    const violations: string[] = [];
    await page.exposeFunction("violated", (what: string) => violations.push(what));
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const { violated } = globalThis as unknown as { violated: (what: string) => void };
        violated(`${event.violatedDirective}: ${event.blockedURI || event.sample}`);
      });
    });
    const loaded: string[] = [];
    page.on("requestfinished", (request) => loaded.push(new URL(request.url()).pathname.replace(/.*\/(\w+)-.*/, "$1")));

    // What the website had before, and the directives that the snippet names.
    const own = "default-src 'none'; base-uri 'none'; form-action 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    const policy = merge(own, "script-src 'self'; connect-src 'self'", snippet.contentSecurityPolicy);
    await page.goto(website.page({ server: product.server.url, widget, policy, ...look }));
    const chat = new Chat(page);
    await open(chat);
    const { conversation, authenticated } = await chat.hears("started");
    expect(authenticated).toBe(true);
    await chat.send("under a strict policy");
    await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
    await page.keyboard.press("Escape");
    await expect(chat.panel).toBeHidden();
    await product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: "a1", text: "heard and seen" });
    await expect(part(chat, "badge")).toHaveText("1");
    if ("tag" in look) {
      await expect.poll(() => loaded, "words, report and sound were let in").toEqual(expect.arrayContaining(["ar", "report", "tone"]));
      await part(chat, "report").locator("summary").click();
      await expect(part(chat, "report").locator("dt").first()).toBeVisible();
    }
    expect(violations).toEqual([]);
    expect(policy).not.toContain("unsafe-inline");
    expect(policy.replaceAll("'wasm-unsafe-eval'", "")).not.toContain("unsafe-eval");
  });
}

/** Joins policies: the sources of a directive that stands in several are added up, as a person editing one would. */
function merge(...policies: string[]): string {
  const directives = new Map<string, Set<string>>();
  for (const directive of policies.flatMap((policy) => policy.split(";"))) {
    const [name, ...sources] = directive.trim().split(/\s+/);
    if (name) directives.set(name, new Set([...(directives.get(name) ?? []), ...sources]));
  }
  return [...directives].map(([name, sources]) => [name, ...sources].join(" ")).join("; ");
}
