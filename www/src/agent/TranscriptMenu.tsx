// The ways to take a conversation away: as a text, as JSON, on paper. The files are the server's; the browser keeps them.
import { Button, makeStyles, Menu, MenuItem, MenuItemLink, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { ArrowDownloadRegular, BracesRegular, DocumentTextRegular, NoteRegular, PrintRegular } from "@fluentui/react-icons";
import { useMessages } from "./chat/useMessages";
import { transcriptUrl } from "./deskApi";

// In its place in the page, so that it belongs to a landmark; what follows is drawn below it.
const useStyles = makeStyles({ list: { zIndex: 1 } });

export function TranscriptMenu({ id }: { id: string }) {
  const styles = useStyles();
  // Without them an empty sheet would look like a conversation in which nothing was said.
  const { data: messages } = useMessages(id);
  return (
    <Menu inline>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<ArrowDownloadRegular />} aria-label="Transcript" title="Transcript" />
      </MenuTrigger>
      <MenuPopover className={styles.list}>
        <MenuList>
          <MenuItemLink icon={<DocumentTextRegular />} href={transcriptUrl(id, "format=text")} download>
            Text
          </MenuItemLink>
          <MenuItemLink icon={<BracesRegular />} href={transcriptUrl(id, "format=json")} download>
            JSON
          </MenuItemLink>
          <MenuItemLink icon={<NoteRegular />} href={transcriptUrl(id, "format=json&notes=true")} download>
            JSON with notes for colleagues
          </MenuItemLink>
          <MenuItem icon={<PrintRegular />} disabled={!messages} onClick={() => window.print()}>
            Print
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
