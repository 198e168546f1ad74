// Keeps one socket open while somebody is signed in, on whichever page, feeds the query cache from it, and tells who is typing.
// What follows from it on every page stands here too: the counts in the title and in the icon, and the alerts.
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { AgentFrame } from "../../api/types";
import { sessionQuery, useSession } from "../../session/session";
import { useSaid } from "../../shell/useSaved";
import { useFaviconCount } from "../../shell/favicon";
import { useTitleCount } from "../../shell/useTitle";
import { Alerts } from "../alerts/Alerts";
import { resumeOutboxes } from "../chat/Outbox";
import { useMoreWaiting, useToDo } from "../useLists";
import { AgentSocket, type Connection, socketUrl } from "./AgentSocket";
import { applyEvent } from "./applyEvent";
import { duringReads } from "./duringReads";
import { lostBy } from "./lostBy";

interface Live {
  connection: Connection;
  /** Ids of the conversations whose visitor is typing. */
  typing: ReadonlySet<string>;
  send(frame: AgentFrame): boolean;
}

const LiveContext = createContext<Live | null>(null);

/** How long a visitor counts as typing after the last sign, in milliseconds; signs come every 2 s at most. */
const typingLasts = 4000;

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error("This component needs the live events: put it below LiveProvider.");
  return live;
}

export function LiveProvider({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  const socket = useRef<AgentSocket | null>(null);
  const [connection, setConnection] = useState<Connection>("connecting");
  const said = useRef(useSaid());
  const [typing, setTyping] = useState<ReadonlySet<string>>(new Set());
  const { data } = useSession();
  const isSignedIn = data?.operator != null && !data.isOver;
  const operator = isSignedIn ? data.operator?.id : undefined;

  useEffect(() => {
    if (operator !== undefined) resumeOutboxes(cache, operator);
  }, [cache, operator]);

  useEffect(() => {
    if (!isSignedIn) return;
    const timers = new Map<string, number>();
    const stopTyping = (id: string) => {
      window.clearTimeout(timers.get(id));
      timers.delete(id);
      setTyping((before) => (before.has(id) ? new Set([...before].filter((other) => other !== id)) : before));
    };
    const reads = duringReads(cache);
    const opened = new AgentSocket(socketUrl(window.location), {
      // Lost until it is open again, however often it is tried meanwhile.
      onConnection: (next) => setConnection((before) => (before === "lost" && next === "connecting" ? before : next)),
      onSessionOver: () => void cache.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      onEvent: (event) => {
        const lost = lostBy(cache, event);
        if (lost !== null) said.current(lost);
        applyEvent(cache, event);
        reads.came(event);
        if (event.type === "message" && event.message.from === "visitor") stopTyping(event.conversation);
        if (event.type !== "typing") return;
        const id = event.conversation;
        window.clearTimeout(timers.get(id));
        timers.set(
          id,
          window.setTimeout(() => stopTyping(id), typingLasts),
        );
        setTyping((before) => (before.has(id) ? before : new Set([...before, id])));
      },
    });
    socket.current = opened;
    return () => {
      opened.stop();
      reads.stop();
      socket.current = null;
      for (const timer of timers.values()) window.clearTimeout(timer);
      setTyping(new Set());
    };
  }, [cache, isSignedIn]);

  const live = useMemo<Live>(
    () => ({ connection, typing, send: (frame) => socket.current?.send(frame) ?? false }),
    [connection, typing],
  );
  return (
    <LiveContext value={live}>
      {children}
      {isSignedIn && <Counts />}
      {isSignedIn && <Alerts />}
    </LiveContext>
  );
}

/** The counts of what there is to do, outside of the page. */
function Counts() {
  const { waiting, offered, unread, isMore } = useToDo();
  const count = waiting + offered + unread;
  useTitleCount(count === 0 ? "" : `${count}${isMore ? "+" : ""}`);
  useFaviconCount(count);
  useMoreWaiting();
  return null;
}
