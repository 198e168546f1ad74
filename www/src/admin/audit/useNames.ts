// Names of records by their ids, for history that holds ids. Read once, when somebody looks at details.
import { authenticationSettings, chatWidgets, operators, queues, workStreams } from "../../api/admin";
import { useAll } from "../../api/useResource";
import type { NameOf } from "./auditText";

export function useNames(): NameOf {
  const lists = [useAll(authenticationSettings), useAll(chatWidgets), useAll(workStreams), useAll(queues), useAll(operators)];
  return (id) => {
    for (const { data } of lists) {
      const found = data?.find((record) => record.id === id);
      if (found) return found.name;
    }
    return id;
  };
}
