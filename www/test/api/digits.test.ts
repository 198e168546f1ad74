// Numbers that a JavaScript number cannot hold stay readable, digit for digit.
import { describe, expect, it } from "vitest";
import { keepDigits, losesDigits } from "../../src/api/digits";

describe("numbers with many digits", () => {
  it.each([
    ["10000", false],
    ["10000.0", false],
    ["-0.5e3", false],
    ["9007199254740991", false],
    ["9007199254740993", true],
    ["-12345678901234567890", true],
    ["123456789012345678901234567890", true],
    ["0.1", false],
    ["0.00000000000000000001", false],
    ["0.1000000000000000055511151231257827", true],
    ["1e300", false],
  ])("%s loses digits: %s", (number, loses) => {
    expect(losesDigits(number)).toBe(loses);
  });

  it("become strings, and nothing else changes", () => {
    const json = '{"a":10000,"b":9007199254740993,"c":"9007199254740993","d":"\\"12345678901234567890","e":[-12345678901234567890,1.5]}';
    expect(JSON.parse(keepDigits(json))).toEqual({
      a: 10000,
      b: "9007199254740993",
      c: "9007199254740993",
      d: '"12345678901234567890',
      e: ["-12345678901234567890", 1.5],
    });
    const plain = '{"a":1,"b":"2026-11-22T20:00:00.000Z"}';
    expect(keepDigits(plain)).toBe(plain);
  });
});
