// The colleagues to whom a conversation can be given, as options of a select.
import type { HandOverAgent } from "../../api/types";
import { colleagueText } from "./targets";

export interface ColleagueOptionsProps {
  agents: readonly HandOverAgent[] | undefined;
  /** What stands before the id in an option's value. */
  prefix?: string;
  /** Whether whoever is away can be chosen: they are asked, and see it when they look. */
  alsoAway?: boolean;
}

export function ColleagueOptions({ agents = [], prefix = "", alsoAway = false }: ColleagueOptionsProps) {
  return agents.map((colleague) => (
    <option key={colleague.id} value={prefix + colleague.id} disabled={!colleague.isHere || (colleague.isAway && !alsoAway)}>
      {colleagueText(colleague)}
    </option>
  ));
}
