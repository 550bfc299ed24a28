/** Builds the widget into one classic script, dist/widget/hatif-widget.js, after the pages. */
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2022",
    lib: {
      entry: "widget/register.ts",
      name: "HatifWidget",
      formats: ["iife"],
      fileName: () => "widget/hatif-widget.js",
    },
  },
});
