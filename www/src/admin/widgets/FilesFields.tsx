// Which files may be sent in a chat widget's conversations, by either side.
import { Checkbox, makeStyles, Switch, tokens } from "@fluentui/react-components";
import type { FileType } from "../../api/types";
import { bound, FieldFrame, TextField } from "../../forms/fields";
import type { Form } from "../../forms/useForm";
import type { WidgetValues } from "./widgetValues";

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

const types: [FileType, string][] = [
  ["image/png", "PNG"],
  ["image/jpeg", "JPEG"],
  ["image/webp", "WebP"],
  ["image/gif", "GIF"],
  ["application/pdf", "PDF"],
];

export function FilesFields({ form }: { form: Form<WidgetValues> }) {
  const styles = useStyles();
  const { takesFiles, fileTypes } = form.values;
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
          checked={takesFiles}
          label="Visitors and agents may send files"
          onChange={(_, { checked }) => form.set("takesFiles", checked, "files")}
        />
      </FieldFrame>
      {takesFiles && (
        <>
          <TextField
            {...bound(form, "fileMegabytes")}
            name="files.maxBytes"
            error={form.errorAt("files.maxBytes")}
            onChange={(value) => form.set("fileMegabytes", value, "files.maxBytes")}
            label="Largest file in MB"
            hint="At most 25. A conversation holds at most 50 files, and 200 MB of them."
            inputMode="numeric"
            short
            required
          />
          <FieldFrame name="files.types" label="Types" error={form.errorAt("files.types")}>
            <div className={styles.types} role="group" aria-label="Types">
              {types.map(([type, name]) => (
                <Checkbox
                  key={type}
                  // Else all would have the field's own id and name.
                  id={`file-type-${name}`}
                  aria-labelledby={`file-type-${name}-label`}
                  label={{ children: name, id: `file-type-${name}-label` }}
                  checked={fileTypes.includes(type)}
                  onChange={(_, { checked }) =>
                    form.set(
                      "fileTypes",
                      types.map(([other]) => other).filter((other) => (other === type ? checked === true : fileTypes.includes(other))),
                      "files.types",
                    )
                  }
                />
              ))}
            </div>
          </FieldFrame>
        </>
      )}
    </div>
  );
}
