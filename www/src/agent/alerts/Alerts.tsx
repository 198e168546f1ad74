// Watches the lists and alerts to what is new in them: a chat that waits, is offered or was given to the person, a message in an
// own chat that nobody looks at. With several tabs open one of them leads, so that nothing sounds or shows on the desktop twice;
// what was given stands on each page.
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import type { AgentConversation } from "../../api/types";
import { useOperator } from "../../session/session";
import { useOwnAvailability } from "../availability/useAvailability";
import { useMine, useOffered, useWaiting } from "../useLists";
import { useGivenNotice } from "./Given";
import { type Look, newsBetween } from "./news";
import { noticesFor, raise } from "./raise";
import { alertSettings, queuesSeen } from "./settings";
import { isLookedAt, useLeads } from "./tabs";
import { keepTold, untold } from "./told";

export function Alerts() {
  const { id: operator } = useOperator();
  const leads = useLeads(operator);
  const navigate = useNavigate();
  const waiting = useWaiting().data;
  const mine = useMine().data;
  const isAway = useOwnAvailability().data?.availability.state === "away";
  const tellGiven = useGivenNotice();
  const offered = useOffered().data;
  const last = useRef<Look | null>(null);

  useEffect(() => {
    if (!waiting || !mine || !offered) return;
    const before = last.current;
    last.current = { waiting, mine, offered };
    queuesSeen(operator, [...waiting.items.slice(0, 200), ...mine].map(({ queue }) => queue));
    const tell = (given: AgentConversation[], known = given) => {
      tellGiven(given);
      keepTold(operator, known);
    };
    // What was given while no page was there to say so. What is old in a new browser is not told later either.
    if (before === null) {
      const pushed = mine.filter((conversation) => conversation.pushed);
      return tell(untold(operator, pushed), pushed);
    }
    const { waiting: came, given, written, offered: asked } = newsBetween(before, last.current);
    tell(given);
    // Whoever is away is not alerted.
    if (!leads || isAway) return;
    const settings = alertSettings(operator);
    if (!settings.hasSound && !settings.hasDesktop) return;
    const alert = async () => {
      const looked = await Promise.all(written.map(({ id }) => isLookedAt(id)));
      const unseen = written.filter((_, index) => !looked[index]);
      const news = { waiting: came, given, written: unseen, offered: asked };
      raise(noticesFor(news, settings), settings, (id) => void navigate(`/agent/${id}`));
    };
    if (came.length + given.length + written.length + asked.length > 0) void alert();
  }, [isAway, leads, mine, navigate, offered, operator, tellGiven, waiting]);

  return null;
}
