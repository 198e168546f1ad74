// The same thing in several languages; one is shown at a time.
import { makeStyles, Tab, TabList, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { CodeBlock } from "../shell/CodeBlock";

const useStyles = makeStyles({
  place: { marginBottom: tokens.spacingVerticalL, minWidth: 0 },
  block: { marginTop: tokens.spacingVerticalS },
});

export interface SampleFile {
  language: string;
  name: string;
  code: string;
}

export function Sample({ files }: { files: readonly SampleFile[] }) {
  const styles = useStyles();
  const [language, setLanguage] = useState(files[0]?.language);
  const file = files.find((other) => other.language === language);
  if (!file) return null;
  return (
    <div className={styles.place}>
      {files.length > 1 && (
        <TabList selectedValue={language} onTabSelect={(_, { value }) => setLanguage(String(value))} aria-label="Language">
          {files.map(({ language }) => (
            <Tab key={language} value={language}>
              {language}
            </Tab>
          ))}
        </TabList>
      )}
      <div className={files.length > 1 ? styles.block : undefined}>
        <CodeBlock code={file.code.trimEnd()} name={file.name} label={file.name} />
      </div>
    </div>
  );
}
