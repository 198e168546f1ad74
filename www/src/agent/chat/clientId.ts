// The id by which the server knows that something is sent once more, and not said twice.
export const newClientId = (): string =>
  crypto.getRandomValues(new Uint32Array(4)).reduce((id, part) => id + part.toString(36), "c");
