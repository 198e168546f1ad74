// A token endpoint and a public key URL with nothing but Node.js: node issuer.mjs
import { createPublicKey, randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const privateKey = readFileSync("private_key.pem", "utf8");
const publicKey = createPublicKey(privateKey).export({ type: "spki", format: "pem" });

function mint(person) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: "www.example.com",
    sub: person.id, // the contact's id, to have the record linked
    iat: now,
    exp: now + 900,
    jti: randomUUID(),
    given_name: person.givenName,
    family_name: person.familyName,
    email: person.email,
    // What agents may see and rules may use. A string that holds a JSON object.
    lwicontexts: JSON.stringify({ msdyn_cartvalue: String(person.cartValue), msdyn_isvip: String(person.isVip) }),
  };
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url")}`;
}

/** Replace this with your own session: the signed-in person, or null. */
function signedIn(request) {
  if (!request.headers.cookie?.includes("session=")) return null;
  return {
    id: "87b4d06c-abc2-e811-a9b0-000d3a10e09e",
    givenName: "Bert",
    familyName: "Hair",
    email: "bert@example.com",
    cartValue: 10000,
    isVip: false,
  };
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const answer = (status, body) => {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
    response.end(body);
  };
  if (pathname === "/auth/publickey") return answer(200, publicKey);
  if (pathname !== "/auth/token") return answer(404, "");
  const person = signedIn(request);
  return person ? answer(200, mint(person)) : answer(401, "");
});

server.listen(Number(process.env.PORT ?? 3000), () => console.log(`http://localhost:${server.address().port}`));
