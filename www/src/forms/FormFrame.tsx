// The element around a form's fields: while the form is being saved it says so, and its fields keep their text and the focus.
import { createContext, type ReactNode, useContext } from "react";
import type { Form } from "./useForm";

const LockedContext = createContext(false);

/** Whether the form around a field is being saved. */
export const useIsLocked = (): boolean => useContext(LockedContext);

interface FormFrameProps {
  form: Pick<Form<never>, "ref" | "submit" | "isSaving">;
  className: string;
  children: ReactNode;
}

export function FormFrame({ form, className, children }: FormFrameProps) {
  return (
    <LockedContext value={form.isSaving}>
      <form ref={form.ref} className={className} onSubmit={form.submit} aria-busy={form.isSaving} noValidate>
        {children}
      </form>
    </LockedContext>
  );
}
