// Fluent's links and buttons as links of the router: a click changes the page without a load, and a middle click,
// a long press or a copy still find a real address.
import { Button, type ButtonProps, Link, type LinkProps, makeStyles, mergeClasses } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useHref, useLinkClickHandler } from "react-router";

const useStyles = makeStyles({ button: { textDecorationLine: "none" } });

interface To {
  to: string;
  children?: ReactNode;
}

export function RouterLink({ to, ...rest }: To & Pick<LinkProps, "className" | "inline" | "appearance">) {
  const onClick = useLinkClickHandler<HTMLAnchorElement>(to);
  return <Link {...rest} as="a" href={useHref(to)} onClick={onClick} />;
}

export function LinkButton({
  to,
  label,
  className,
  ...rest
}: To & { /** Its name, when an icon stands alone. */ label?: string } & Pick<ButtonProps, "appearance" | "className" | "icon" | "size">) {
  const styles = useStyles();
  const onClick = useLinkClickHandler<HTMLAnchorElement>(to);
  return (
    <Button
      {...rest}
      as="a"
      href={useHref(to)}
      onClick={onClick}
      aria-label={label}
      className={mergeClasses(styles.button, className)}
    />
  );
}
