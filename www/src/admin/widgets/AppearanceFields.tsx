// How a chat widget looks and what it says, with a preview beside it that follows each key.
import { makeStyles, Radio, RadioGroup, tokens } from "@fluentui/react-components";
import { FieldFrame, TextField } from "../../forms/fields";
import type { Form } from "../../forms/useForm";
import { WidgetPreview } from "./WidgetPreview";
import type { WidgetValues } from "./widgetValues";

const useStyles = makeStyles({
  columns: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) 340px",
    gap: tokens.spacingHorizontalXXL,
    "@media (max-width: 1099px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  fields: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL, maxWidth: "640px" },
  color: { display: "flex", gap: tokens.spacingHorizontalS, alignItems: "flex-end" },
  swatch: {
    width: "40px",
    height: "32px",
    padding: "2px",
    boxSizing: "border-box",
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    cursor: "pointer",
  },
});

const wellFormed = /^#[0-9a-f]{6}$/i;
/** What the color control shows when nothing is chosen: it cannot be empty. */
const unchosen = "#4b4dcf";

export function AppearanceFields({ form }: { form: Form<WidgetValues> }) {
  const styles = useStyles();
  const { values, set, errorAt } = form;
  return (
    <div className={styles.columns}>
      <div className={styles.fields}>
        <TextField
          name="appearance.title"
          label="Heading"
          value={values.title}
          onChange={(title) => set("title", title)}
          error={errorAt("appearance.title")}
          maxLength={60}
          placeholder="Chat with us"
        />
        <TextField
          name="appearance.greeting"
          label="Greeting"
          hint="Shown before the first message."
          value={values.greeting}
          onChange={(greeting) => set("greeting", greeting)}
          error={errorAt("appearance.greeting")}
          maxLength={500}
          rows={3}
          placeholder="Hello! How can we help?"
        />
        <div className={styles.color}>
          <input
            type="color"
            className={styles.swatch}
            aria-label="Pick the accent colour"
            value={wellFormed.test(values.accentColor) ? values.accentColor : unchosen}
            onChange={(event) => set("accentColor", event.target.value)}
          />
          <TextField
            name="appearance.accentColor"
            label="Accent colour"
            value={values.accentColor}
            onChange={(accentColor) => set("accentColor", accentColor)}
            error={errorAt("appearance.accentColor")}
            placeholder="#rrggbb"
            maxLength={7}
            code
            short
          />
        </div>
        <FieldFrame name="appearance.position" label="Corner" error={errorAt("appearance.position")}>
          <RadioGroup
            layout="horizontal"
            value={values.position}
            onChange={(_, { value }) => set("position", value === "start" ? "start" : "end")}
          >
            <Radio value="end" label="End (right in left-to-right pages)" />
            <Radio value="start" label="Start" />
          </RadioGroup>
        </FieldFrame>
      </div>
      <WidgetPreview
        title={values.title}
        greeting={values.greeting}
        accentColor={wellFormed.test(values.accentColor) ? values.accentColor : null}
        position={values.position}
      />
    </div>
  );
}
