// What uses a resource, each name a link; "nothing yet" when it is not used.
import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { RouterLink } from "../shell/RouterLink";

const useStyles = makeStyles({
  none: { color: tokens.colorNeutralForeground3 },
  // Links that stand above each other are 24 px high, so that each can be hit.
  list: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalM, "& a": { display: "inline-block", minHeight: "24px", lineHeight: "24px" } },
});

export function UsedBy({ users, at }: { users: { id: string; name: string }[]; at: string }) {
  const styles = useStyles();
  if (users.length === 0) return <Text className={styles.none}>nothing yet</Text>;
  return (
    <span className={styles.list}>
      {users.map(({ id, name }) => (
        <RouterLink key={id} to={`${at}/${id}`}>
          {name}
        </RouterLink>
      ))}
    </span>
  );
}
