// `/docs`: how the parts fit together, and the shortest way to an authenticated chat.
import { RouterLink } from "../shell/RouterLink";
import { Article, WideTable } from "./Article";
import { Sample } from "./Sample";
import clientFunction from "./samples/client.js?raw";

export default function GuidePage() {
  return (
    <Article
      title="Integration guide"
      lead="A visitor who is signed in on your website is known in the chat: the agent reads “Authenticated: Yes”, who it is, and what your website vouches for."
    >
      <h2>How it works</h2>
      <ol>
        <li>The visitor opens the chat. The widget calls a function of your page and waits for a token.</li>
        <li>
          Your page asks your server, which knows who is signed in and answers with a <strong>signed token</strong> (a
          JWT).
        </li>
        <li>
          The widget hands it to the chat server, which checks it with the <strong>public key</strong> that your website
          publishes. Nothing else makes a chat say Yes.
        </li>
        <li>The agent sees the verdict first, then the contact and the context that the token carried.</li>
      </ol>
      <p>
        A token that is refused never becomes an anonymous chat. The visitor sees what to do, your page gets one{" "}
        <code>error</code> event with a <RouterLink to="/docs/errors">code</RouterLink>, and the administrator finds the
        reason in the audit under the same request id.
      </p>

      <h2>What your website needs</h2>
      <WideTable label="What your website needs">
        <thead>
          <tr>
            <th>Part</th>
            <th>What it does</th>
            <th>Where it goes</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>Key pair</td>
            <td>RSA, 2048 bits or more. The private key signs and stays on your server.</td>
            <td>
              <RouterLink to="/docs/issuer">Issuer recipe</RouterLink>
            </td>
          </tr>
          <tr>
            <td>Public key URL</td>
            <td>Answers with the public key: PEM, an array of keys with ids, or a JWKS.</td>
            <td>Authentication setting</td>
          </tr>
          <tr>
            <td>Token endpoint</td>
            <td>Gives the signed-in person's token, and nobody else's.</td>
            <td>Called by your page</td>
          </tr>
          <tr>
            <td>Client function</td>
            <td>A function of your page that takes a callback and calls it with the token.</td>
            <td>Authentication setting</td>
          </tr>
          <tr>
            <td>Script tag</td>
            <td>Shows the chat.</td>
            <td>
              <RouterLink to="/docs/embed">Your pages</RouterLink>
            </td>
          </tr>
        </tbody>
      </WideTable>

      <h2>The client function</h2>
      <p>
        The widget finds it by its name, starting at <code>window</code>, and gives it one callback. It has 10 seconds.
        Whatever happens, call back: that is the difference between a clear message and a long wait.
      </p>
      <Sample files={[{ language: "JavaScript", name: "client.js", code: clientFunction }]} />
      <ul>
        <li>
          <code>callback(token)</code> starts the chat, <code>callback(null)</code> says that nobody is signed in,{" "}
          <code>callback(null, error)</code> says that it went wrong.
        </li>
        <li>It may return a promise of the token instead, or throw.</li>
        <li>
          Only the first call counts; later ones do nothing. A name at the top of a script made with <code>const</code>{" "}
          or <code>let</code> is not a property of <code>window</code> and is not found.
        </li>
        <li>
          It is called again before a token expires, so that a long chat stays proved. Give a fresh token each time.
        </li>
      </ul>

      <h2>Context variables</h2>
      <p>
        The claim <code>lwicontexts</code> is a string that holds one JSON object of simple values. A name must be
        declared in the widget's work stream, letter by letter, and its value must fit the declared type:{" "}
        <code>"10000"</code> is a number, <code>"false"</code> is a boolean, and the whole number <code>10000</code> is the
        text <code>"10000"</code>. Numbers keep the digits they are written with, however many. What is not declared or
        does not fit is left out, the chat goes on, and the audit names it; what is <code>null</code> is not there.
      </p>
      <p>
        A token is signed, not encrypted. The visitor can read it: put nothing into it that they should not know.
      </p>

      <h2>Check it before your visitors do</h2>
      <ul>
        <li>
          <em>Test</em> on the authentication setting fetches your keys now and judges a pasted token step by step.
        </li>
        <li>
          <code>bonafide verify --keys https://www.example.com/auth/publickey TOKEN</code> does the same on your own
          machine, or in your build.
        </li>
        <li>
          <code>data-debug</code> on the script tag shows a report of the integration in the page.
        </li>
      </ul>
    </Article>
  );
}
