// Time to start an authenticated conversation, as a client on loopback sees it: request to answer, stored on disk.

import { Server } from "../product/server.mjs";
import { startConversation } from "../product/visitor.mjs";
import { Website, bert } from "../product/website.mjs";

const STARTS = 1_000;
const WARM_UP = 50;
const AT_ONCE = [1, 8];

const { server, admin } = await Server.fresh({ flags: ["--trusted-proxies", "127.0.0.1"] });
const website = await Website.open();
const workStream = (await admin.read("/admin/work-streams")).items[0].id;
const { widget } = await website.record(admin, { workStream });

let visitors = 0;
/** Each start comes from an address of its own, through a trusted proxy, so that no limit for one visitor is met. */
async function start() {
  const visitor = ++visitors;
  const token = await website.token({ ...bert, subject: `visitor-${visitor}` });
  const address = `10.${(visitor >> 16) & 255}.${(visitor >> 8) & 255}.${visitor & 255}`;
  const begin = performance.now();
  const { status, body } = await startConversation(server.url, widget, {
    token,
    origin: website.origin,
    headers: { "x-forwarded-for": address },
  });
  const took = performance.now() - begin;
  if (status !== 201 || !body.conversation.authenticated) throw new Error(JSON.stringify(body));
  return took;
}

for (let i = 0; i < WARM_UP; i += 1) await start();
for (const atOnce of AT_ONCE) {
  /** @type {number[]} */
  const took = [];
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let i = 0; i < STARTS / atOnce; i += 1) took.push(await start());
    }),
  );
  const seconds = (performance.now() - begin) / 1000;
  took.sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => (took[Math.floor(took.length * share)] ?? 0).toFixed(1);
  console.log(`${took.length} starts, ${atOnce} at once: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${(took.length / seconds).toFixed(0)} a second`);
}
await website.close();
await server.close();
