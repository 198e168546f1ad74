// A drawing of the chat widget in a page's corner. It shows the appearance; it is not the widget and says so.
import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { ChatFilled, DismissRegular, SendFilled } from "@fluentui/react-icons";

const useStyles = makeStyles({
  place: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS, minWidth: 0 },
  label: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  page: {
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-end",
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  atStart: { alignItems: "flex-start" },
  panel: {
    width: "100%",
    maxWidth: "290px",
    overflow: "hidden",
    borderRadius: "14px",
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow16,
  },
  head: { display: "flex", alignItems: "center", justifyContent: "space-between", padding: "12px 14px" },
  heading: { fontWeight: tokens.fontWeightSemibold, overflowWrap: "anywhere" },
  log: { display: "flex", flexDirection: "column", gap: "8px", padding: "14px", minHeight: "112px" },
  bubble: { maxWidth: "85%", padding: "8px 12px", borderRadius: "12px", overflowWrap: "anywhere", whiteSpace: "pre-wrap" },
  theirs: { alignSelf: "flex-start", backgroundColor: tokens.colorNeutralBackground4 },
  own: { alignSelf: "flex-end" },
  composer: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    margin: "0 12px 12px",
    padding: "6px 10px",
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: "10px",
    color: tokens.colorNeutralForeground3,
  },
  launcher: {
    display: "grid",
    placeItems: "center",
    width: "52px",
    height: "52px",
    borderRadius: "50%",
    fontSize: "24px",
    boxShadow: tokens.shadow8,
  },
});

export interface WidgetPreviewProps {
  title: string;
  greeting: string;
  accentColor: string | null;
  position: "start" | "end";
}

export function WidgetPreview({ title, greeting, accentColor, position }: WidgetPreviewProps) {
  const styles = useStyles();
  const accent = accentColor ?? "#4b4dcf";
  const onAccent = { backgroundColor: accent, color: readableOn(accent) };
  return (
    <figure className={styles.place} style={{ margin: 0 }} aria-label="Preview of the chat widget">
      <figcaption className={styles.label}>Preview</figcaption>
      <div className={mergeClasses(styles.page, position === "start" && styles.atStart)} aria-hidden>
        <div className={styles.panel}>
          <div className={styles.head} style={onAccent}>
            <Text className={styles.heading} dir="auto">
              {title.trim() || "Chat with us"}
            </Text>
            <DismissRegular />
          </div>
          <div className={styles.log}>
            <div className={mergeClasses(styles.bubble, styles.theirs)} dir="auto">
              {greeting.trim() || "Hello! How can we help?"}
            </div>
            <div className={mergeClasses(styles.bubble, styles.own)} style={onAccent}>
              Where is my order?
            </div>
          </div>
          <div className={styles.composer}>
            <span>Write a message</span>
            <SendFilled style={{ color: accent }} />
          </div>
        </div>
        <div className={styles.launcher} style={onAccent}>
          <ChatFilled />
        </div>
      </div>
    </figure>
  );
}

/** Black or white, whichever is easier to read on `#rrggbb` (WCAG 2 contrast). */
export function readableOn(color: string): "#000000" | "#ffffff" {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(color.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // Where both contrasts are equal: (L + 0.05)² = 1.05 · 0.05.
  return luminance > 0.179 ? "#000000" : "#ffffff";
}
