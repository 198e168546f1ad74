// Everything the server can be made to print, at the most talkative it can be: no token, key, password, cookie or session
// secret is in it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";

import { WebSocket } from "ws";

import { Operator } from "../product/operator.mjs";
import { temporaryFolder } from "../product/process.mjs";
import { Server, administrator } from "../product/server.mjs";
import { Site } from "../product/site.mjs";
import { startConversation } from "../product/visitor.mjs";
import { OpensslKey } from "./openssl.mjs";
import { claims } from "./website.mjs";

const folder = temporaryFolder();
/** @type {Server} */
let server;
/** @type {Site} */
let site;
/** @type {string} */
let setUpSecret;

before(async () => {
  site = await Site.start();
  ({ server, secret: setUpSecret } = await Server.untouched({ flags: ["--log", "trace"] }));
});
after(async () => {
  await server?.close();
  await site?.close();
  folder.remove();
});

test("nothing secret is logged, not even at level trace", async () => {
  const admin = new Operator(server.url);
  await admin.setUp({ ...administrator, secret: setUpSecret });
  const printed = server.output.replace(`/setup#${setUpSecret}`, "");
  const signIn = await admin.ask("POST", "/operator/session", { email: administrator.email, password: "a wrong password of somebody" });
  assert.equal(signIn.status, 401);
  const { secret: apiToken } = await admin.create("/admin/api-tokens", { name: "Report" });
  const listed = await fetch(`${server.url}/api/v1/admin/queues`, { headers: { authorization: `Bearer ${apiToken}` } });
  assert.equal(listed.status, 200);

  const key = new OpensslKey(folder.path, "shop");
  const shown = new OpensslKey(folder.path, "shown");
  const setting = await admin.create("/admin/authentication-settings", {
    name: "Shop",
    publicKeyUrl: site.publish("/key", { type: "text/plain", body: key.publicPem }),
    clientFunction: "auth.getAuthenticationToken",
  });
  const careless = await admin.create("/admin/authentication-settings", {
    name: "Careless",
    publicKeyUrl: site.publish("/private", { type: "text/plain", body: shown.privatePem }),
    clientFunction: "auth.getAuthenticationToken",
  });
  const workStream = (await admin.read("/admin/work-streams")).items[0].id;
  const widgetOf = async (/** @type {{ id: string, name: string }} */ { id, name }) =>
    (await admin.create("/admin/chat-widgets", { name, workStream, authenticationSetting: id, signIn: "required", allowedOrigins: ["https://shop.example.com"] })).id;
  const widget = await widgetOf(setting);

  const tokens = [key.token(claims()), key.token(claims({ exp: 1, iat: 0 })), shown.token(claims())];
  const [good = "", expired = "", stranger = ""] = tokens;
  const { status, body } = await startConversation(server.url, widget, { token: good });
  assert.equal(status, 201);
  assert.equal((await startConversation(server.url, widget, { token: expired })).status, 401);
  assert.equal((await startConversation(server.url, widget, { token: stranger })).status, 401);
  assert.equal((await startConversation(server.url, await widgetOf(careless), { token: stranger })).status, 503);
  await admin.create(`/admin/authentication-settings/${setting.id}/test`, { token: good });

  const { conversation, session } = body;
  const visitor = { origin: "https://shop.example.com", authorization: `Bearer ${session.secret}`, "content-type": "application/json" };
  const messages = `${server.url}/api/v1/conversations/${conversation.id}/messages`;
  const sent = await fetch(messages, { method: "POST", headers: visitor, body: JSON.stringify({ clientId: "v1", text: "what only the agent may read" }) });
  assert.equal(sent.status, 201, await sent.text());
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/api/v1/conversations/${conversation.id}/socket`, { origin: visitor.origin });
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "hello", secret: session.secret, after: 0 }));
  await once(socket, "message");
  socket.close();
  await once(socket, "close");

  const secrets = {
    "the set-up secret": setUpSecret,
    "a password": administrator.password,
    "a password that was refused": "a wrong password of somebody",
    "an operator's cookie": admin.cookie.split("=")[1] ?? "",
    "an API token": apiToken,
    "a visitor's session": session.secret,
    "a message": "what only the agent may read",
    ...Object.fromEntries(tokens.map((token, number) => [`token ${number}`, token.split(".")[2] ?? ""])),
    "the claims of a token": good.split(".")[1] ?? "",
    "a private key": shown.privatePem.split("\n")[1] ?? "",
  };
  const output = printed + server.output.replace(`/setup#${setUpSecret}`, "");
  assert.match(output, /TRACE/, "the server says all it can");
  for (const [what, secret] of Object.entries(secrets)) {
    assert.ok(secret.length >= 16, `${what} is looked for`);
    assert.ok(!output.includes(secret), `${what} was logged: ${output.split("\n").find((line) => line.includes(secret))?.slice(0, 300)}`);
  }
});
