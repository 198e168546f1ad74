// The switch between light and dark, or as the system says.
import {
  Button,
  Menu,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tooltip,
} from "@fluentui/react-components";
import { DarkThemeRegular, WeatherMoonRegular, WeatherSunnyRegular } from "@fluentui/react-icons";
import { chooseScheme, type SchemeChoice, useScheme } from "../app/scheme";

export function SchemeMenu() {
  const { scheme, choice } = useScheme();
  return (
    <Menu
      checkedValues={{ scheme: [choice] }}
      onCheckedValueChange={(_, { checkedItems }) => chooseScheme((checkedItems[0] ?? "system") as SchemeChoice)}
    >
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content="Colour scheme" relationship="label">
          <Button
            appearance="subtle"
            icon={scheme === "dark" ? <WeatherMoonRegular /> : <WeatherSunnyRegular />}
          />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItemRadio name="scheme" value="system" icon={<DarkThemeRegular />}>
            As the system
          </MenuItemRadio>
          <MenuItemRadio name="scheme" value="light" icon={<WeatherSunnyRegular />}>
            Light
          </MenuItemRadio>
          <MenuItemRadio name="scheme" value="dark" icon={<WeatherMoonRegular />}>
            Dark
          </MenuItemRadio>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
