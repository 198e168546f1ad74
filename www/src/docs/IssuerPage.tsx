// `/docs/issuer`: for the website's developers: keys, token endpoint, public key URL.
import { Article, WideTable } from "./Article";
import { Sample } from "./Sample";
import client from "./samples/client.js?raw";
import node from "./samples/issuer.mjs?raw";
import python from "./samples/issuer.py?raw";
import rust from "./samples/issuer.rs?raw";
import keys from "./samples/private-key.sh?raw";
import claims from "./samples/token.json?raw";

const issuers = [
  { language: "Node.js", name: "issuer.mjs", code: node },
  { language: "Python", name: "issuer.py", code: python },
  { language: "Rust", name: "issuer.rs", code: rust },
];

export default function IssuerPage() {
  return (
    <Article
      title="Issuer recipe"
      lead="Your website vouches for its visitors: it signs a token for the person who is signed in, and publishes the key that proves it."
    >
      <h2>1. Make a key pair</h2>
      <Sample files={[{ language: "Shell", name: "shell", code: keys }]} />
      <p>
        Whoever has the private key can be any of your visitors: keep it on the server, readable by your application
        only, and out of your repository. Only the public key is ever published.
      </p>

      <h2>2. Two endpoints</h2>
      <p>
        One publishes the public key. The other answers the signed-in person with a token, and everybody else with 401.
        Each sample is complete; the only thing to replace is how your website knows who is signed in.
      </p>
      <Sample files={issuers} />
      <p>
        Answer tokens with <code>Cache-Control: no-store</code> and without CORS headers: only your own pages may read
        them. The chat server fetches the public key without signing in and follows no redirects.
      </p>

      <h2>3. The token</h2>
      <Sample files={[{ language: "JSON", name: "claims", code: claims }]} />
      <WideTable label="Claims">
        <thead>
          <tr>
            <th>Claim</th>
            <th>Rule</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              <code>iss</code>
            </td>
            <td>Required. Who you are, always the same text. The setting can demand exactly this.</td>
          </tr>
          <tr>
            <td>
              <code>sub</code>
            </td>
            <td>
              Required, at most 255 characters. Who the visitor is, for ever. When it is the id of an active contact, the
              agent sees the record.
            </td>
          </tr>
          <tr>
            <td>
              <code>iat</code>, <code>exp</code>
            </td>
            <td>
              Required, in seconds (not milliseconds). Keep the life short, 15 minutes is plenty: the chat renews it by
              itself.
            </td>
          </tr>
          <tr>
            <td>
              <code>nbf</code>, <code>aud</code>, <code>jti</code>
            </td>
            <td>
              Optional. <code>aud</code> is checked when the setting expects one; <code>jti</code> is needed for
              single-use tokens.
            </td>
          </tr>
          <tr>
            <td>
              <code>given_name</code>, <code>family_name</code>, <code>preferred_username</code>, <code>email</code>,{" "}
              <code>phone_number</code>
            </td>
            <td>Optional. Shown to the agent as what the token says about the person.</td>
          </tr>
          <tr>
            <td>
              <code>lwicontexts</code>
            </td>
            <td>
              Optional. A string with one JSON object: up to 100 names of at most 100 characters, values of at most
              4,000.
            </td>
          </tr>
        </tbody>
      </WideTable>
      <p>
        Signed with RS256 and nothing else. With several published keys, the header's <code>kid</code> says which one.
      </p>

      <h2>4. The page</h2>
      <Sample files={[{ language: "JavaScript", name: "client.js", code: client }]} />

      <h2>Change keys without an outage</h2>
      <ol>
        <li>
          Publish both keys, each with a <code>kid</code>, as an array or a JWKS.
        </li>
        <li>Wait 10 minutes: that is how long servers keep what they fetched.</li>
        <li>
          Sign with the new key, and say its <code>kid</code> in the header.
        </li>
        <li>Take the old key away when its last token has expired.</li>
      </ol>
      <Sample
        files={[
          {
            language: "JSON",
            name: "array of keys",
            code: `[
  { "kid": "2026-11", "publicKey": "<base64 of the PEM>", "expiry": 1798761600 },
  { "kid": "2026-12", "publicKey": "<base64 of the PEM>" }
]`,
          },
        ]}
      />
      <p>
        An entry that cannot be used takes no other with it: tokens of the other keys are accepted, and <i>Test</i>, the
        audit and <code>bonafide verify</code> list it with its place and the reason. A member that is <code>null</code>{" "}
        counts as absent. Never publish a private key: one anywhere in the body refuses all of it.
      </p>
      <p>
        <code>bonafide keys rotate</code> and the crate <code>bonafide-issuer</code> do these steps for you.
      </p>
    </Article>
  );
}
