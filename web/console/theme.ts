/** The console's look: the pages' green, their font, and room for fingers. */
import { createTheme, type MantineColorsTuple } from "@mantine/core";

const green: MantineColorsTuple = [
  "#e6f6f2",
  "#d3e9e4",
  "#a8d3ca",
  "#79bcaf",
  "#52a998",
  "#399d8a",
  "#2a9782",
  "#18846f",
  "#0b6b60",
  "#084d45",
];

const dark: MantineColorsTuple = [
  "#eaf1ee",
  "#c3cfca",
  "#a2b2ac",
  "#84938d",
  "#35443f",
  "#2a3835",
  "#1c2725",
  "#161f1d",
  "#121a18",
  "#0f1614",
];

export const theme = createTheme({
  primaryColor: "green",
  primaryShade: { light: 8, dark: 3 },
  colors: { green, dark },
  autoContrast: true,
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily:
    '"IBM Plex Sans Arabic", system-ui, -apple-system, "Segoe UI", "Noto Sans Arabic", Tahoma, sans-serif',
  headings: { fontWeight: "700" },
  components: {
    Anchor: { defaultProps: { inherit: true } },
    Badge: { defaultProps: { size: "lg", fw: 500 } },
    Paper: { defaultProps: { withBorder: true, p: "lg", radius: "lg" } },
  },
});
