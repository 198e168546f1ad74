// Messages on their way. Sent one after the other, so that they arrive as they were written; each keeps its client id,
// so that sending again after a lost answer never says it twice.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { asProblem } from "../../api/problem";
import type { Message } from "../../api/types";
import { postMessage } from "../agentApi";
import { messagesKey } from "../keys";
import { addMessages } from "../live/applyEvent";

export interface PendingMessage {
  clientId: string;
  text: string;
  /** Why it did not arrive; null while it is on its way. */
  failure: string | null;
}

export interface Outbox {
  pending: PendingMessage[];
  send(text: string): void;
  retry(clientId: string): void;
}

export function useOutbox(conversation: string): Outbox {
  const cache = useQueryClient();
  const [pending, setPending] = useState<PendingMessage[]>([]);
  const last = useRef<Promise<void>>(Promise.resolve());

  const post = useCallback(
    (clientId: string, text: string) => {
      const attempt = async () => {
        try {
          const message = await postMessage(conversation, clientId, text);
          addMessages(cache, conversation, [message]);
          setPending((before) => before.filter((other) => other.clientId !== clientId));
        } catch (error) {
          const failure = asProblem(error).message;
          setPending((before) => before.map((other) => (other.clientId === clientId ? { ...other, failure } : other)));
        }
      };
      last.current = last.current.then(attempt);
    },
    [cache, conversation],
  );

  const send = useCallback(
    (text: string) => {
      const clientId = crypto.getRandomValues(new Uint32Array(4)).reduce((id, part) => id + part.toString(36), "c");
      setPending((before) => [...before, { clientId, text, failure: null }]);
      post(clientId, text);
    },
    [post],
  );

  const retry = useCallback(
    (clientId: string) => {
      const message = pending.find((other) => other.clientId === clientId);
      if (!message?.failure) return;
      setPending((before) => before.map((other) => (other === message ? { ...other, failure: null } : other)));
      post(clientId, message.text);
    },
    [pending, post],
  );

  // The socket may bring a message before its own answer does.
  const stored = new Set(cache.getQueryData<Message[]>(messagesKey(conversation))?.map(({ clientId }) => clientId));
  return { pending: pending.filter(({ clientId }) => !stored.has(clientId)), send, retry };
}
