// The two colour themes of the consoles. Colours are named by Fluent's tokens everywhere else; only this file
// knows a hue. Green is kept for proof ("Authenticated: Yes"), so the brand is not green.
import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from "@fluentui/react-components";

const ink: BrandVariants = {
  10: "#080a22",
  20: "#10123a",
  30: "#191b53",
  40: "#23236d",
  50: "#2d2c89",
  60: "#3737a3",
  70: "#4141ba",
  80: "#4b4dcf",
  90: "#565cde",
  100: "#6670e9",
  110: "#7683ef",
  120: "#8795f4",
  130: "#9ca9f8",
  140: "#b1bcfb",
  150: "#c9d2fc",
  160: "#e2e7fe",
};

const type: Partial<Theme> = {
  fontFamilyBase: "'Segoe UI Variable Text', 'Segoe UI', system-ui, -apple-system, Roboto, 'Noto Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Code', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  borderRadiusMedium: "6px",
  borderRadiusLarge: "8px",
  borderRadiusXLarge: "12px",
};

export const lightTheme: Theme = { ...createLightTheme(ink), ...type };

export const darkTheme: Theme = {
  ...createDarkTheme(ink),
  ...type,
  // Fluent takes darker shades here; on a dark surface these are the ones that read at 4.5 to 1.
  colorBrandForeground1: ink[120],
  colorBrandForeground2: ink[130],
  colorBrandForegroundLink: ink[130],
  colorBrandForegroundLinkHover: ink[140],
  colorBrandForegroundLinkPressed: ink[120],
  colorCompoundBrandForeground1: ink[120],
  colorCompoundBrandStroke: ink[110],
};
