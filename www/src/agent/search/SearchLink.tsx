// The way from the inbox to the search, by a button or a key.
import { Tooltip } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { useNavigate } from "react-router";
import { LinkButton } from "../../shell/RouterLink";
import { useShortcut } from "../shortcuts/useShortcut";

const path = "/agent/search";

export function SearchLink() {
  const navigate = useNavigate();
  useShortcut("s", () => void navigate(path));
  return (
    <Tooltip content="Search all conversations" relationship="label">
      <span>
        <LinkButton to={path} appearance="subtle" icon={<SearchRegular />} label="Search all conversations" />
      </span>
    </Tooltip>
  );
}
