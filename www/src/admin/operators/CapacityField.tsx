// How many chats an operator is given at most.
import { TextField, type TextFieldProps } from "../../forms/fields";

export const notACapacity = "Enter a whole number, 0 to 1000, or leave it empty.";

/** Whether it can be sent: a whole number, or nothing for no limit. How many are allowed, the server says. */
export const isCapacity = (text: string): boolean => /^\s*\d{0,9}\s*$/.test(text);

export const capacityFrom = (text: string): number | null => (text.trim() === "" ? null : Number(text));

export function CapacityField(props: Pick<TextFieldProps, "name" | "value" | "onChange" | "error">) {
  return (
    <TextField
      {...props}
      label="Capacity"
      hint="How many chats they are given at most, by queues that push and by Accept next; empty for no limit, 0 for none. They can still pick more by hand."
      inputMode="numeric"
      short
    />
  );
}
