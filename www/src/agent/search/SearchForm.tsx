// What can be looked for. It is looked for when the form is sent, or a choice is made.
import { Button, Field, Input, makeStyles, SearchBox, mergeClasses, Select, tokens } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { type FormEvent, type ReactElement, useState } from "react";
import { useAll } from "../../api/useResource";
import { useOperator } from "../../session/session";
import { codedFault } from "../../shell/coded";
import { colleagues, servedQueues } from "../availability/availabilityApi";
import { nothingWanted, type SearchValues } from "./searchValues";

const useStyles = makeStyles({
  form: {
    display: "grid",
    gridTemplateColumns: "repeat(12, minmax(0, 1fr))",
    gap: tokens.spacingHorizontalM,
    alignItems: "start",
  },
  // Never wider than its place, however long an option of a select is.
  narrow: { gridTemplateColumns: "minmax(0, 1fr)" },
  half: { gridColumnEnd: "span 6", "@media (max-width: 759px)": { gridColumnEnd: "span 12" } },
  part: {
    gridColumnEnd: "span 4",
    "@media (max-width: 759px)": { gridColumnEnd: "span 6" },
  },
  whole: {
    gridColumnEnd: "span 4",
    "@media (max-width: 759px)": { gridColumnEnd: "span 12" },
  },
  input: { minWidth: 0, width: "100%", maxWidth: "none" },
  buttons: { display: "flex", alignSelf: "end", gap: tokens.spacingHorizontalS, gridColumnEnd: "span 4", "@media (max-width: 759px)": { gridColumnEnd: "span 12" } },
});

export interface SearchFormProps {
  values: SearchValues;
  faultOf: (name: keyof SearchValues) => string | undefined;
  onSearch: (values: SearchValues) => void;
}

export function SearchForm({ values, faultOf, onSearch }: SearchFormProps) {
  const styles = useStyles();
  const me = useOperator();
  const queues = useAll(servedQueues).data ?? [];
  // What is being typed is not in the address yet; another address, by a link or the way back, is another search.
  const [person, setPerson] = useState(values.person);
  const [text, setText] = useState(values.text);
  const [last, setLast] = useState(values);
  if (last.person !== values.person || last.text !== values.text) {
    setLast(values);
    setPerson(values.person);
    setText(values.text);
  }
  const all = { ...values, person, text };
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSearch(all);
  };
  const choose = (change: Partial<SearchValues>) => onSearch({ ...all, ...change });
  const field = (name: keyof SearchValues, label: string, children: ReactElement, className: string, hint?: string) => {
    const fault = faultOf(name);
    return (
      <Field
        label={label}
        hint={hint}
        className={mergeClasses(styles.narrow, className)}
        validationState={fault === undefined ? "none" : "error"}
        validationMessage={codedFault(fault)}
      >
        {children}
      </Field>
    );
  };
  return (
    <form role="search" className={styles.form} onSubmit={send}>
      {field(
        "text",
        "Words in a message",
        <SearchBox dir="auto" className={styles.input} maxLength={200} value={text} onChange={(_, { value }) => setText(value)} />,
        styles.half,
      )}
      {field(
        "person",
        "Person: name, e-mail or verified subject",
        <Input dir="auto" className={styles.input} maxLength={200} value={person} onChange={(_, { value }) => setPerson(value)} />,
        styles.half,
      )}
      {field(
        "queue",
        "Queue",
        <Select value={values.queue} onChange={(_, { value }) => choose({ queue: value })}>
          <option value="">All of yours</option>
          {queues.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {values.queue !== "" && !queues.some(({ id }) => id === values.queue) && <option value={values.queue}>Another queue</option>}
        </Select>,
        styles.part,
      )}
      {field(
        "state",
        "State",
        <Select value={values.state} onChange={(_, { value }) => choose({ state: value as SearchValues["state"] })}>
          <option value="">Any</option>
          <option value="waiting">Waiting</option>
          <option value="active">Active</option>
          <option value="closed">Closed</option>
          <option value="unanswered">Unanswered</option>
        </Select>,
        styles.part,
      )}
      {field(
        "agent",
        "Agent",
        <Select value={values.agent} onChange={(_, { value }) => choose({ agent: value })}>
          <option value="">Anybody or nobody</option>
          <option value={me.id}>You</option>
          {/* What others have or had is theirs to read, and supervisors': to agents they are only here when a link names one. */}
          {me.role === "supervisor" ? (
            <Others me={me.id} />
          ) : (
            values.agent !== "" && values.agent !== me.id && <option value={values.agent}>Another agent</option>
          )}
        </Select>,
        styles.whole,
      )}
      {field(
        "from",
        "Started from",
        <Input type="date" className={styles.input} max={values.to || undefined} value={values.from} onChange={(_, { value }) => choose({ from: value })} />,
        styles.part,
      )}
      {field(
        "to",
        "Started until",
        <Input type="date" className={styles.input} min={values.from || undefined} value={values.to} onChange={(_, { value }) => choose({ to: value })} />,
        styles.part,
      )}
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" icon={<SearchRegular />}>
          Search
        </Button>
        <Button
          onClick={() => {
            setPerson("");
            setText("");
            onSearch(nothingWanted);
          }}
        >
          Clear all
        </Button>
      </div>
    </form>
  );
}

/** The supervisor's colleagues, who are all. */
function Others({ me }: { me: string }) {
  const all = useAll(colleagues).data ?? [];
  return all
    .filter(({ id }) => id !== me)
    .map(({ id, name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ));
}
