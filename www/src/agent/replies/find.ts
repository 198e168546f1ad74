// Which canned replies fit what was typed: those whose name begins with it first, then those that hold all its words. Pure.
import type { CannedReply } from "../../api/types";

export function findReplies(replies: CannedReply[], typed: string): CannedReply[] {
  const words = typed.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return replies;
  const start = words.join(" ");
  const rank = ({ name, text }: CannedReply): number => {
    const lower = name.toLocaleLowerCase();
    if (lower.startsWith(start)) return 0;
    if (words.every((word) => lower.includes(word))) return 1;
    const all = `${lower}\n${text.toLocaleLowerCase()}`;
    return words.every((word) => all.includes(word)) ? 2 : 3;
  };
  return replies
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ reply }) => reply);
}
