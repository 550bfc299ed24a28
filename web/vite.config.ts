/** Builds the pages: dist/index.html, dist/outbox.html and dist/assets/. */
import { defineConfig } from "vite";

export default defineConfig({
  root: "pages",
  base: "/",
  publicDir: false,
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    assetsDir: "assets",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: "pages/index.html", outbox: "pages/outbox.html" } },
  },
});
