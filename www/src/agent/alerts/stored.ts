// A text of each operator's that this browser keeps. Where storage is forbidden or full it lasts as long as the page.
export function storedTexts(prefix: string) {
  const memory = new Map<string, string>();
  return {
    read(operator: string): string | null {
      try {
        return memory.get(operator) ?? localStorage.getItem(prefix + operator);
      } catch {
        return memory.get(operator) ?? null;
      }
    },
    keep(operator: string, text: string): void {
      // What could not be stored once is older than this, and than what another tab stores later.
      memory.delete(operator);
      try {
        localStorage.setItem(prefix + operator, text);
      } catch {
        memory.set(operator, text);
      }
    },
  };
}
