// A React page as a customer writes it, in strict mode: the component with a face, and a chat of the page's own drawing.

import { type FormEvent, StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

import type { ErrorCode } from "@bonafide/chat";
import { BonafideChat, useChat } from "@bonafide/chat/react";

const root = document.getElementById("root") as HTMLDivElement;
const { server = "", widget = "" } = root.dataset;

/** The page knows its visitor: no client function by name is needed. */
const getToken = async () => {
  const answer = await fetch("/auth/token");
  return answer.ok ? answer.text() : null;
};

function WithFace() {
  const [known, setKnown] = useState<boolean>();
  const [error, setError] = useState<ErrorCode>();
  const [drawn, setDrawn] = useState(1);
  return (
    <>
      <button type="button" onClick={() => setDrawn(drawn + 1)}>
        Draw again
      </button>
      <output aria-label="drawn">{drawn}</output>
      <output aria-label="authenticated">{String(known)}</output>
      <output aria-label="error">{error}</output>
      <BonafideChat
        widget={widget}
        server={server}
        getToken={() => getToken()}
        strings={{ title: "Ask about your order" }}
        onStarted={({ authenticated }) => setKnown(authenticated)}
        onError={({ code }) => setError(code)}
      />
    </>
  );
}

function WithoutFace() {
  const { chat, view, messages } = useChat({ server, widget, getToken });
  const [text, setText] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    void chat.send(text);
    setText("");
  };
  return (
    <form onSubmit={send}>
      <button type="button" onClick={() => void chat.start()}>
        Talk to us
      </button>
      <output aria-label="phase">{view.phase}</output>
      <ul aria-label="messages">
        {messages.map((message) => (
          <li key={message.clientId}>{message.text}</li>
        ))}
      </ul>
      <input aria-label="message" value={text} onChange={(event) => setText(event.target.value)} />
    </form>
  );
}

function Page() {
  const [face, setFace] = useState(true);
  return (
    <main>
      <h1>Orders</h1>
      <button type="button" onClick={() => setFace(!face)}>
        Another chat
      </button>
      {face ? <WithFace /> : <WithoutFace />}
    </main>
  );
}

createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
