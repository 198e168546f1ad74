// Names of what the agent console keeps in the query cache.
export const waitingKey = ["agent", "waiting"] as const;
export const mineKey = ["agent", "mine"] as const;
export const offeredKey = ["agent", "offered"] as const;
export const allKey = ["agent", "all"] as const;
export const unansweredKey = ["agent", "unanswered"] as const;
export const closedKey = ["agent", "closed"] as const;
export const availabilityKey = ["agent", "availability"] as const;
export const samePersonKey = (id: string) => ["agent", "same-person", id] as const;
export const summaryKey = (id: string) => ["agent", "summary", id] as const;
export const colleaguesKey = (id: string) => ["agent", "colleagues", id] as const;
export const notesKey = (id: string) => ["agent", "notes", id] as const;
export const eventsKey = (id: string) => ["agent", "events", id] as const;
export const messagesKey = (id: string) => ["agent", "messages", id] as const;
