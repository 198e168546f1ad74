// Which files may be sent in a chat widget's conversations, by either side.
import { Checkbox, makeStyles, Switch, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { FieldFrame, TextField } from "../../forms/fields";
import type { Form } from "../../forms/useForm";
import { fileTypes, typeNames } from "./fileTypes";
import { type Files, usualFiles, type WidgetValues } from "./widgetValues";

const useStyles = makeStyles({
  fields: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalL,
    maxWidth: "640px",
  },
  types: {
    display: "flex",
    flexWrap: "wrap",
    columnGap: tokens.spacingHorizontalL,
  },
});

export function FilesFields({ form }: { form: Form<WidgetValues> }) {
  const styles = useStyles();
  const { files } = form.values;
  // What was entered before files were shut out is there again when they are let in.
  const [entered, setEntered] = useState(files ?? usualFiles);
  const set = (next: Files | null, path: string) => {
    setEntered(next ?? files ?? usualFiles);
    form.set("files", next, path);
  };
  return (
    <div className={styles.fields}>
      <FieldFrame
        name="files"
        label="Files"
        hideLabel
        error={form.errorAt("files")}
        hint="What a file is, the server judges by its content. It does not look for viruses, and keeps what a photo says of place and camera."
      >
        <Switch
          checked={files !== null}
          label="Visitors and agents may send files"
          onChange={(_, { checked }) => set(checked ? entered : null, "files")}
        />
      </FieldFrame>
      {files && (
        <>
          <TextField
            name="files.maxBytes"
            value={files.megabytes}
            error={form.errorAt("files.maxBytes")}
            onChange={(value) => set({ ...files, megabytes: value }, "files.maxBytes")}
            label="Largest file in MB"
            hint="At most 25. A conversation holds at most 50 files, and 200 MB of them."
            inputMode="numeric"
            short
            required
          />
          <FieldFrame name="files.types" label="Types" error={form.errorAt("files.types")}>
            <div className={styles.types} role="group" aria-label="Types">
              {fileTypes.map((type) => {
                const name = typeNames[type];
                return (
                  <Checkbox
                    key={type}
                    // Else all would have the field's own id and name.
                    id={`file-type-${name}`}
                    aria-labelledby={`file-type-${name}-label`}
                    label={{ children: name, id: `file-type-${name}-label` }}
                    checked={files.types.includes(type)}
                    onChange={(_, { checked }) => {
                      const types = fileTypes.filter((other) => (other === type ? checked === true : files.types.includes(other)));
                      set({ ...files, types }, "files.types");
                    }}
                  />
                );
              })}
            </div>
          </FieldFrame>
        </>
      )}
    </div>
  );
}
