// `/docs/embed`: the script tag, the element, the npm package; methods and events.
import { RouterLink } from "../shell/RouterLink";
import { Article, WideTable } from "./Article";
import { Sample } from "./Sample";

const origin = window.location.origin;

const tag = `<script async src="${origin}/embed.js" data-widget="wgt_…"></script>`;

const element = `<script async src="${origin}/embed.js"></script>
<bonafide-chat server="${origin}" widget="wgt_…"></bonafide-chat>`;

const events = `const chat = document.querySelector("bonafide-chat");

chat.addEventListener("started", ({ detail }) => {
  console.log(detail.conversation, detail.authenticated);
});
chat.addEventListener("error", ({ detail }) => {
  // { code, message, requestId, retryable }
  report(\`chat: \${detail.code} (\${detail.requestId})\`);
});`;

const signOut = `async function signOut() {
  // Ends the visitor's chat session in all tabs and clears the transcript from the page.
  await document.querySelector("bonafide-chat").signOut();
  location.assign("/sign-out");
}`;

const headless = `import { createChat } from "@bonafide/chat";

const chat = createChat({
  server: "${origin}",
  widget: "wgt_…",
  getToken: async () => (await fetch("/auth/token")).text(),
});

chat.on("messages", (messages) => render(messages));
await chat.start();
await chat.send("Where is my order?");`;

const react = `import { BonafideChat } from "@bonafide/chat/react";

<BonafideChat server="${origin}" widget="wgt_…" onError={(error) => report(error.code)} />;`;

export default function EmbedPage() {
  return (
    <Article
      title="Embed the chat"
      lead="One line of HTML shows it. The page stays fast: the chat itself is loaded when a visitor opens it."
    >
      <h2>Script tag</h2>
      <p>
        Copy it from the chat widget's page in the administrator console, with the right id already in it. The page's
        origin must be on the widget's list of allowed origins.
      </p>
      <Sample files={[{ language: "HTML", name: "index.html", code: tag }]} />
      <p>
        Optional attributes: <code>data-lang</code>, <code>data-position</code> (<code>start</code> or <code>end</code>),{" "}
        <code>data-theme</code>, <code>data-accent-color</code>, <code>data-launcher="none"</code> for a page with a
        button of its own, <code>data-open</code>, <code>data-sound</code> for a short tone when a message comes that
        nobody sees (without it the chat is silent), <code>data-debug</code> for a report of the integration.
      </p>
      <p>
        Where a tag manager takes <code>data-</code> attributes away, give them in the script's address:{" "}
        <code>embed.js?widget=wgt_…&amp;lang=de</code>. Where there can be no chat, one line in the console says why.
        When navigation on the client replaces the page's body (Turbo, htmx), the chat is put back as it was; when the
        page takes the element out by itself, it stays out.
      </p>

      <h2>In an app</h2>
      <p>
        The web view of an app has an origin too, and a chat widget may list it: <code>capacitor://localhost</code>,{" "}
        <code>ionic://localhost</code>, <code>tauri://localhost</code>, <code>chrome-extension://…</code>, or{" "}
        <code>app://</code> without a host where the browser sends it so. The list is compared letter by letter with the
        request's <code>Origin</code>. Pages that are opened as files send <code>null</code>, as does every other page without
        an origin, so that cannot be listed.
      </p>

      <h2>One person, several places</h2>
      <p>
        A signed-in person who starts a chat on a second page or device has two, and the agent's summary shows the other.
        A work stream can say that the open one goes on instead. The same person is the same <code>sub</code> of the same{" "}
        <code>iss</code>, proved by the same authentication setting.
      </p>

      <h2>Element</h2>
      <p>
        The script tag makes a <code>&lt;bonafide-chat&gt;</code>. It can be written by hand as well, with the same
        attributes without <code>data-</code>.
      </p>
      <Sample files={[{ language: "HTML", name: "index.html", code: element }]} />

      <h3>Methods and properties</h3>
      <WideTable label="Methods and properties">
        <tbody>
          <tr>
            <td>
              <code>open()</code>, <code>close()</code>
            </td>
            <td>Shows and hides the panel.</td>
          </tr>
          <tr>
            <td>
              <code>start()</code>, <code>end()</code>
            </td>
            <td>Starts and ends the conversation.</td>
          </tr>
          <tr>
            <td>
              <code>authenticate()</code>
            </td>
            <td>After a sign-in: an anonymous chat becomes an authenticated one, the same conversation.</td>
          </tr>
          <tr>
            <td>
              <code>signOut()</code>
            </td>
            <td>
              Call it when the visitor signs out, on any page: the next person on this device finds nothing. It rejects where the server
              could not be told, which the next page then does.
            </td>
          </tr>
          <tr>
            <td>
              <code>setContext(&#123;…&#125;)</code>
            </td>
            <td>
              Context from the page, for chats without a token, also one that is running. Agents see it as <em>not verified</em>.
            </td>
          </tr>
          <tr>
            <td>
              <code>getToken</code>
            </td>
            <td>A function to use instead of the one that the authentication setting names. None by default.</td>
          </tr>
          <tr>
            <td>
              <code>strings</code>
            </td>
            <td>
              Words that replace the built-in ones, for example <code>&#123; title: "Support" &#125;</code>. None by
              default: <code>&#123;&#125;</code>.
            </td>
          </tr>
        </tbody>
      </WideTable>

      <h3>Events</h3>
      <p>
        <code>ready</code>, <code>opened</code>, <code>closed</code>, <code>started</code>, <code>authenticated</code>,{" "}
        <code>message</code>, <code>ended</code>, <code>error</code>, <code>sign-in</code>. They bubble, so the document can
        listen too. Every <code>error</code> has one of the <RouterLink to="/docs/errors">error codes</RouterLink>.{" "}
        <code>sign-in</code> says that the visitor pressed <em>Sign in</em>: a page that calls{" "}
        <code>preventDefault()</code> signs them in itself; by default the chat asks for a token again.
      </p>
      <Sample files={[{ language: "JavaScript", name: "page.js", code: events }]} />

      <h3>Signing out</h3>
      <Sample files={[{ language: "JavaScript", name: "page.js", code: signOut }]} />

      <h2>From npm</h2>
      <p>
        <code>@bonafide/chat</code> holds the element, a React component, and a chat without a face for pages that draw
        their own.
      </p>
      <Sample
        files={[
          { language: "Headless", name: "chat.js", code: headless },
          { language: "React", name: "Chat.jsx", code: react },
        ]}
      />
    </Article>
  );
}
