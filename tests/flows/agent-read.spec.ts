// "Read" means seen: only what is on the screen of an agent who looks at it.

import { Waiting, agentAtWork, ownLine } from "../product/agents.mjs";
import type { Desk } from "../product/desk.mjs";
import { expect, test } from "./fixtures";

/** How far the agent's side has read, as the server has it. */
async function readUpTo(desk: Desk, conversation: string): Promise<number> {
  const answer = await desk.page.request.get(new URL("/api/v1/agent/conversations?state=active&limit=200", desk.page.url()).href);
  const { items } = (await answer.json()) as { items: { id: string; readByAgent: number }[] };
  return items.find(({ id }) => id === conversation)?.readByAgent ?? -1;
}

/** What the page takes for the window's focus: browsers under test give it to every page. */
const setFocus = (desk: Desk, hasFocus: boolean) =>
  desk.page.evaluate((focus) => {
    document.hasFocus = () => focus;
    window.dispatchEvent(new Event(focus ? "focus" : "blur"));
  }, hasFocus);

test("what is behind the summary, out of the window's focus or scrolled away is not read", async ({ browser, product }) => {
  const { server, admin } = product;
  const { widget } = await ownLine(admin);
  const visitor = await Waiting.start(server.url, widget);
  const desk = await agentAtWork(browser, product);
  const { page } = desk;
  await desk.pick(visitor.id);
  await desk.accept();
  let seq = 0;
  /** The visitor writes, and the console has it. */
  const says = async () => {
    seq += 1;
    await visitor.say(`line ${seq}`);
    await expect(page.locator("[role=log]").getByText(`line ${seq}`, { exact: true })).toBeAttached();
  };
  /** How far the console said that it was read. */
  let told = 0;
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const frame = JSON.parse(String(payload));
      if (frame.type === "read") told = Math.max(told, frame.seq);
    }),
  );
  await page.reload();
  const isRead = () => expect.poll(() => readUpTo(desk, visitor.id), { message: `${seq} is read` }).toBe(seq);
  /** The page had its time, and yet it is unread. */
  const isNotRead = async (where: string) => {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done))));
    expect(told, where).toBeLessThan(seq);
    expect(await readUpTo(desk, visitor.id), where).toBe(seq - 1);
  };

  await says();
  await isRead();

  // Narrow as a phone, or as a desktop at 200 %: the chat is behind the summary.
  for (const size of [{ width: 390, height: 844 }, { width: 640, height: 400 }]) {
    await page.setViewportSize(size);
    await page.getByRole("tab", { name: "Summary", exact: true }).click();
    await says();
    await isNotRead(`behind the summary at ${size.width} px`);
    await page.getByRole("tab", { name: "Chat", exact: true }).click();
    await isRead();
  }

  await page.setViewportSize({ width: 1280, height: 500 });
  await setFocus(desk, false);
  await says();
  await isNotRead("in another window");
  await setFocus(desk, true);
  await isRead();

  while (!(await desk.log.evaluate((log) => log.scrollHeight > log.clientHeight + 400))) {
    await says();
    await isRead();
  }
  await desk.log.evaluate((log) => log.scrollTo(0, 0));
  await expect(page.getByRole("button", { name: "To the newest message" })).toBeVisible();
  await says();
  await isNotRead("scrolled away");
  await page.getByRole("button", { name: "To the newest message" }).click();
  await isRead();
  await desk.close();
});
