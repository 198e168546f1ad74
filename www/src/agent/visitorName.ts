// How a visitor is called where nobody knows their name.
export const unknownVisitor = "Unknown visitor";

export const visitorName = ({ visitor }: { visitor?: string | null }): string => visitor ?? unknownVisitor;
