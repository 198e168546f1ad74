// What the chats announce, as a developer of the page would follow it: newest first, errors with code and request id.

const EVENTS = ["ready", "opened", "closed", "started", "authenticated", "message", "ended", "sign-in", "error"];
const MOST_LINES = 100;

/** Chats that have no proof of who the visitor is, but could use it. */
const waiting = new WeakSet();

/** Whether a chat runs without proof, or asked for it. */
export const wantsProof = (chat) => waiting.has(chat);

document.addEventListener("started", ({ target, detail }) => {
  if (detail.authenticated) {
    waiting.delete(target);
  } else {
    waiting.add(target);
  }
});
document.addEventListener("sign-in", ({ target }) => waiting.add(target));
document.addEventListener("error", ({ target, detail }) => detail?.code === "token-not-provided" && waiting.add(target));
for (const type of ["authenticated", "ended"]) {
  document.addEventListener(type, ({ target }) => waiting.delete(target));
}

/** Adds a line to `list` for each event of a chat; `clear` empties it. */
export function recordEvents(list, clear) {
  for (const type of EVENTS) {
    document.addEventListener(type, (event) => {
      // `error` is also what a script that did not load says, about itself.
      if (event.target.localName === "bonafide-chat") {
        list.prepend(line(event));
        list.children[MOST_LINES]?.remove();
      }
    });
  }
  clear.addEventListener("click", () => list.replaceChildren());
}

function line({ type, target, detail }) {
  const made = document.createElement("li");
  made.dataset.event = type;
  made.dataset.widget = target.getAttribute("widget") ?? "";
  const time = document.createElement("time");
  time.textContent = new Date().toLocaleTimeString("en-GB");
  const name = document.createElement("strong");
  name.textContent = type;
  made.append(time, name);
  if (document.querySelectorAll("bonafide-chat").length > 1) {
    made.append(made.dataset.widget.slice(0, 12));
  }
  for (const text of words(type, detail)) {
    const part = document.createElement("span");
    part.textContent = text;
    made.append(part);
  }
  if (type === "error") {
    made.dataset.code = detail.code;
  }
  return made;
}

/** What an event's detail says, in lines. */
function words(type, detail) {
  switch (type) {
    case "started":
      return [`conversation ${detail.conversation}`, `authenticated ${detail.authenticated}`];
    case "message":
      return [`${detail.from}: ${detail.text}`];
    case "error":
      return [
        `code ${detail.code}`,
        `message ${detail.message}`,
        ...(detail.requestId ? [`request ${detail.requestId}`] : []),
        ...(detail.cause ? [`cause ${detail.cause}`] : []),
      ];
    default:
      return [];
  }
}
