// Numbers with more digits than a JavaScript number holds: a customer's number in the context of a chat may have thirty.

/** Whether a JSON number is another one after it was read as a JavaScript number. */
export function losesDigits(number: string): boolean {
  const [mantissa = ""] = number.split(/[eE]/);
  const significant = mantissa.replace(/[-.]/g, "").replace(/^0+/, "");
  // Up to 15 digits always survive.
  return significant.length > 15 && String(Number(number)) !== number;
}

/** JSON in which the numbers that would lose digits are strings. */
export function keepDigits(json: string): string {
  if (!/[\d.]{16}/.test(json)) return json;
  return json.replace(stringOrNumber, (token) => (token.startsWith('"') || !losesDigits(token) ? token : `"${token}"`));
}

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
