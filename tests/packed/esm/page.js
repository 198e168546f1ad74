// A page without a bundler that draws its own chat: modules by an import map, no element.

import { ChatError, createChat } from "@bonafide/chat";

const { server, widget } = document.body.dataset;
const find = (selector) => document.querySelector(selector);

const chat = createChat({
  server,
  widget,
  getToken: (callback) => {
    fetch("/auth/token").then((answer) => (answer.ok ? answer.text() : null)).then(callback, (error) => callback(null, error));
  },
});
chat.on("messages", (messages) => {
  find("ul").replaceChildren(...messages.map(({ text }) => Object.assign(document.createElement("li"), { textContent: text })));
});
find("button").addEventListener("click", async () => {
  try {
    const { conversation, authenticated } = await chat.start();
    find("[aria-label=conversation]").textContent = conversation;
    find("[aria-label=authenticated]").textContent = String(authenticated);
  } catch (error) {
    find("[aria-label=error]").textContent = error instanceof ChatError ? error.code : `not a ChatError: ${error}`;
  }
});
find("form").addEventListener("submit", (event) => {
  event.preventDefault();
  chat.send(find("input").value);
  find("input").value = "";
});
