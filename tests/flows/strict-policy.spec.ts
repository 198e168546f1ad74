// A page with the strictest Content-Security-Policy that still allows WebAssembly: nothing inline, nothing evaluated.

import { Chat } from "../product/chat.mjs";
import { bert, expect, test } from "./fixtures";

test("the chat works under the policy that its snippet asks for, without a violation", async ({ page, product, website }) => {
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

  // What the website had before, and the directives that the snippet names.
  const own = "default-src 'none'; base-uri 'none'; form-action 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
  const policy = merge(own, "script-src 'self'; connect-src 'self'", snippet.contentSecurityPolicy);
  await page.goto(website.page({ server: product.server.url, widget, policy }));
  const chat = new Chat(page);
  await chat.open();
  expect(await chat.hears("started")).toMatchObject({ authenticated: true });
  await chat.send("under a strict policy");
  expect(violations).toEqual([]);
  expect(policy).not.toContain("unsafe-inline");
  expect(policy.replaceAll("'wasm-unsafe-eval'", "")).not.toContain("unsafe-eval");
});

/** Joins policies: the sources of a directive that stands in several are added up, as a person editing one would. */
function merge(...policies: string[]): string {
  const directives = new Map<string, Set<string>>();
  for (const directive of policies.flatMap((policy) => policy.split(";"))) {
    const [name, ...sources] = directive.trim().split(/\s+/);
    if (name) directives.set(name, new Set([...(directives.get(name) ?? []), ...sources]));
  }
  return [...directives].map(([name, sources]) => [name, ...sources].join(" ")).join("; ");
}
