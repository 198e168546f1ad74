// Files in the conversation: an image as a picture that opens in a tab of its own, a PDF as a link that saves it; and those that
// are on their way, with how far they got.
import { Button, Link, makeStyles, mergeClasses, ProgressBar, Text, tokens } from "@fluentui/react-components";
import { DocumentPdfRegular } from "@fluentui/react-icons";
import type { Attachment } from "../../api/types";
import { formatBytes } from "../../shell/bytes";
import { fileUrl } from "../filesApi";
import type { Upload, Uploads } from "./Uploads";

/** The most of the screen that a picture takes, in pixels. */
const most = { width: 320, height: 240 };

const useStyles = makeStyles({
  image: {
    display: "block",
    maxWidth: "100%",
    // A picture of a few pixels is still to be hit.
    minWidth: "32px",
    minHeight: "32px",
    lineHeight: 0,
    borderRadius: tokens.borderRadiusXLarge,
    ":focus-visible": {
      outline: `2px solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: "2px",
    },
  },
  picture: {
    maxWidth: "100%",
    height: "auto",
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground3,
    // Of one that cannot be shown, its name.
    color: tokens.colorNeutralForeground2,
    lineHeight: tokens.lineHeightBase300,
  },
  file: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    maxWidth: "100%",
    boxSizing: "border-box",
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  icon: {
    flexShrink: 0,
    fontSize: "24px",
    color: tokens.colorNeutralForeground2,
  },
  words: {
    display: "flex",
    flexDirection: "column",
    minWidth: 0,
    overflowWrap: "anywhere",
  },
  size: { color: tokens.colorNeutralForeground2 },
  underWay: {
    alignSelf: "flex-end",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXS,
    width: "min(78%, 320px)",
    overflowWrap: "anywhere",
  },
  line: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalS,
  },
  failed: {
    color: tokens.colorStatusDangerForeground1,
    fontSize: tokens.fontSizeBase200,
  },
});

export function FileBubble({ conversation, file }: { conversation: string; file: Attachment }) {
  const styles = useStyles();
  const url = fileUrl(conversation, file.id);
  if (file.type === "application/pdf") {
    return (
      <span className={styles.file}>
        <DocumentPdfRegular className={styles.icon} aria-hidden />
        <span className={styles.words}>
          <Link href={url} download={file.name}>
            <bdi>{file.name}</bdi>
          </Link>
          <Text size={200} className={styles.size}>
            PDF, {formatBytes(file.bytes)}
          </Text>
        </span>
      </span>
    );
  }
  return (
    <a className={styles.image} href={url} target="_blank" rel="noreferrer">
      <img className={styles.picture} src={url} alt={file.name} {...fitted(file)} loading="lazy" decoding="async" />
    </a>
  );
}

/** The picture's size on the screen, known before it is there: nothing moves when it comes. */
function fitted({ width, height }: Attachment): {
  width?: number;
  height?: number;
} {
  if (width == null || height == null) return {};
  const scale = Math.min(1, most.width / width, most.height / height);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

export function UploadBubble({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const styles = useStyles();
  const { clientId, file, sent, failure, canRetry } = upload;
  const name = file.name;
  if (failure !== null) {
    return (
      <div className={mergeClasses(styles.underWay, styles.failed)} role="alert">
        <span>Not sent: {failure}</span>
        <span className={styles.line}>
          {canRetry && (
            <Button size="small" onClick={() => uploads.retry(clientId)}>
              Send again
            </Button>
          )}
          <Button size="small" appearance="subtle" aria-label={`Discard ${name}`} onClick={() => uploads.remove(clientId)}>
            Discard
          </Button>
        </span>
      </div>
    );
  }
  return (
    <div className={styles.underWay}>
      <span className={styles.line}>
        <Text size={200}>
          <bdi>{name}</bdi>, {formatBytes(file.size)}
        </Text>
        <Button size="small" appearance="subtle" aria-label={`Cancel sending ${name}`} onClick={() => uploads.remove(clientId)}>
          Cancel
        </Button>
      </span>
      <ProgressBar aria-label={`Sending ${name}`} value={sent} max={Math.max(1, file.size)} />
    </div>
  );
}
