// @vitest-environment node
// The issuer recipe's Node.js sample, run as its reader would run it: what it publishes proves what it signs.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const samples = join(import.meta.dirname, "../../src/docs/samples");

describe("the Node.js issuer", () => {
  let folder: string;
  let issuer: ChildProcess;
  let address: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "bonafide-issuer-"));
    execFileSync("sh", [join(samples, "private-key.sh")], { cwd: folder, stdio: "ignore" });
    issuer = spawn(process.execPath, [join(samples, "issuer.mjs")], {
      cwd: folder,
      env: { ...process.env, PORT: "0" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (!issuer.stdout) throw new Error("The issuer has no output.");
    for await (const line of createInterface(issuer.stdout)) {
      address = line;
      break;
    }
  });
  afterAll(() => {
    issuer.kill();
    rmSync(folder, { recursive: true });
  });

  it("signs for the signed-in person what its public key proves", async () => {
    const answer = await fetch(`${address}/auth/token`, { headers: { cookie: "session=1" } });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const [header = "", claims = "", signature = ""] = (await answer.text()).split(".");
    const publicKey = await (await fetch(`${address}/auth/publickey`)).text();
    expect(publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    const signed = Buffer.from(`${header}.${claims}`);
    expect(verify("RSA-SHA256", signed, publicKey, Buffer.from(signature, "base64url"))).toBe(true);
    const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
    expect(read(header)).toEqual({ alg: "RS256", typ: "JWT" });
    expect(read(claims)).toMatchObject({ iss: "www.example.com", sub: "87b4d06c-abc2-e811-a9b0-000d3a10e09e" });
    expect(JSON.parse(read(claims).lwicontexts)).toEqual({ msdyn_cartvalue: "10000", msdyn_isvip: "false" });
  });

  it("gives nobody else a token", async () => {
    expect((await fetch(`${address}/auth/token`)).status).toBe(401);
  });
});
