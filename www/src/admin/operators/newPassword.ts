// A password that can be read out: 5 groups of 4 letters and digits without look-alikes, about 98 bits.
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

export function newPassword(): string {
  const groups = Array.from({ length: 5 }, () => Array.from({ length: 4 }, letter).join(""));
  return groups.join("-");
}

/** One letter, each as likely as the others: bytes that would favour the first letters are drawn again. */
function letter(): string {
  const fair = 256 - (256 % alphabet.length);
  const byte = new Uint8Array(1);
  do crypto.getRandomValues(byte);
  while ((byte[0] ?? 0) >= fair);
  return alphabet[(byte[0] ?? 0) % alphabet.length] ?? "";
}
