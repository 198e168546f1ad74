// How those are named to whom a conversation can be given.
import type { HandOverAgent, StaffedQueue } from "../../api/types";

export const colleagueText = ({ name, isHere, isAway, active }: HandOverAgent): string =>
  `${name} (${isHere ? (isAway ? "away" : "here") : "absent"}, ${active === 1 ? "1 chat" : `${active} chats`})`;

export const queueText = ({ name, here }: StaffedQueue, isOwn: boolean): string =>
  `${name} (${isOwn ? "back in line, " : ""}${here === 0 ? "nobody here" : `${here} here`})`;
