// Watches the lists and alerts to what is new in them: a chat that waits or is offered, a message in an own chat that nobody looks at. With
// several tabs open one of them leads, so nothing sounds or shows twice.
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { useOperator } from "../../session/session";
import { useMine, useOffered, useWaiting } from "../useLists";
import { type Look, newsBetween } from "./news";
import { noticesFor, raise } from "./raise";
import { alertSettings, queuesSeen } from "./settings";
import { isLookedAt, useLeads } from "./tabs";

export function Alerts() {
  const { id: operator } = useOperator();
  const leads = useLeads(operator);
  const navigate = useNavigate();
  const waiting = useWaiting().data;
  const mine = useMine().data;
  const offered = useOffered().data;
  const last = useRef<Look | null>(null);

  useEffect(() => {
    if (!waiting || !mine || !offered) return;
    const before = last.current;
    last.current = { waiting, mine, offered };
    queuesSeen(operator, [...waiting.items.slice(0, 200), ...mine].map(({ queue }) => queue));
    if (!leads || before === null) return;
    const settings = alertSettings(operator);
    if (!settings.hasSound && !settings.hasDesktop) return;
    const { waiting: came, written, offered: asked } = newsBetween(before, last.current);
    const alert = async () => {
      const looked = await Promise.all(written.map(({ id }) => isLookedAt(id)));
      const unseen = written.filter((_, index) => !looked[index]);
      raise(noticesFor({ waiting: came, written: unseen, offered: asked }, settings), settings, (id) => void navigate(`/agent/${id}`));
    };
    if (came.length + written.length + asked.length > 0) void alert();
  }, [leads, mine, navigate, offered, operator, waiting]);

  return null;
}
