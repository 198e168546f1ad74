// `/docs/csp`: what a website's Content-Security-Policy must allow, and how it looks when it does not.
import { RouterLink } from "../shell/RouterLink";
import { Article, WideTable } from "./Article";
import { Sample } from "./Sample";

const { origin, host, protocol } = window.location;
const socket = `${protocol === "https:" ? "wss" : "ws"}://${host}`;

const policy = `script-src  ${origin} 'wasm-unsafe-eval';
connect-src ${origin} ${socket};`;

const pinned = `<script async crossorigin="anonymous" integrity="sha384-…"
        src="${origin}/embed.js" data-widget="wgt_…"></script>`;

export default function CspPage() {
  return (
    <Article
      title="Content-Security-Policy"
      lead="The chat works under a strict policy. It needs no inline script, no inline style, no eval and no frame."
    >
      <h2>What to add</h2>
      <p>Merge these into the directives that your policy has. A policy without them blocks the chat.</p>
      <Sample files={[{ language: "CSP", name: "Content-Security-Policy", code: policy }]} />
      <WideTable label="Why each source is needed">
        <thead>
          <tr>
            <th>Source</th>
            <th>Why</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              <code>script-src {origin}</code>
            </td>
            <td>The loader, and the chat it loads when it is opened.</td>
          </tr>
          <tr>
            <td>
              <code>script-src 'wasm-unsafe-eval'</code>
            </td>
            <td>
              Lets the browser compile WebAssembly. In spite of its name it does not allow <code>eval</code>.
            </td>
          </tr>
          <tr>
            <td>
              <code>connect-src {origin}</code>
            </td>
            <td>Starting a chat, sending messages.</td>
          </tr>
          <tr>
            <td>
              <code>connect-src {socket}</code>
            </td>
            <td>
              Messages as they are written. Newer browsers take <code>{origin}</code> for it as well; name both.
            </td>
          </tr>
        </tbody>
      </WideTable>
      <p>The exact lines for a widget are on its page in the administrator console, ready to copy.</p>

      <h2>When something is missing</h2>
      <ul>
        <li>
          Without <code>'wasm-unsafe-eval'</code> the page gets <code>error</code> with{" "}
          <RouterLink to="/docs/errors#wasm-blocked">wasm-blocked</RouterLink>, and the message names the directive.
        </li>
        <li>
          Without <code>connect-src</code> it is{" "}
          <RouterLink to="/docs/errors#network-unreachable">network-unreachable</RouterLink>; the browser's console says
          which request was blocked.
        </li>
        <li>
          Without <code>script-src</code> nothing of ours runs, so nothing can tell: look into the browser's console.
        </li>
      </ul>

      <h2>Pin the script</h2>
      <p>
        The snippet with <code>integrity</code> makes the browser run exactly that loader or none. Copy the snippet again
        after the server is updated.
      </p>
      <Sample files={[{ language: "HTML", name: "index.html", code: pinned }]} />
    </Article>
  );
}
