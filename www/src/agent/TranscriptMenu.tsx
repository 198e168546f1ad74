// The ways to take a conversation away: as a text, as JSON, on paper. The files are the server's; the browser keeps them.
import { Button, makeStyles, Menu, MenuItem, MenuItemLink, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { ArrowDownloadRegular, BracesRegular, DocumentTextRegular, NoteRegular, PrintRegular } from "@fluentui/react-icons";
import { transcriptUrl } from "./deskApi";

// In its place in the page, so that it belongs to a landmark; what follows is drawn below it.
const useStyles = makeStyles({ list: { zIndex: 1 } });

export function TranscriptMenu({ id }: { id: string }) {
  const styles = useStyles();
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
          <MenuItem icon={<PrintRegular />} onClick={() => window.print()}>
            Print
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
