/** Builds the console for billing staff: dist/console/, after the pages. The server puts its nonce in each answer. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: "console",
  base: "/console/",
  publicDir: false,
  plugins: [react()],
  html: { cspNonce: "__NONCE__" },
  build: {
    outDir: "../dist/console",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "vendor", test: /node_modules/ }] } },
    },
  },
});
