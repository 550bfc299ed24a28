/** House rules for the web parts: features do not import each other, text never becomes markup, files stay small. */
import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const RAW_MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "srcdoc", "dangerouslySetInnerHTML"];

/** A feature may import itself and shared/, nothing else of ours. */
function fence(feature, strangers) {
  const group = strangers.map((name) => `**/${name}/**`);
  const message = `${feature} stands alone: what two features need belongs in a shared folder.`;
  return {
    files: [`${feature}/**/*.{ts,tsx}`],
    rules: { "no-restricted-imports": ["error", { patterns: [{ group, message }] }] },
  };
}

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "contract/schema.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      complexity: ["error", 8],
      "max-lines": ["error", 200],
      "max-depth": ["error", 3],
      "no-restricted-properties": [
        "error",
        ...RAW_MARKUP.map((property) => ({ property, message: "Build nodes; text never becomes markup." })),
      ],
      "no-restricted-imports": "off",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  { files: ["console/**/*.{ts,tsx}"], ...hooks.configs.flat["recommended-latest"] },
  fence("widget", ["pages", "start", "outbox", "console", "contract"]),
  fence("pages/start", ["widget", "outbox", "console", "contract"]),
  fence("pages/outbox", ["widget", "start", "console", "contract"]),
  fence("pages/common", ["widget", "start", "outbox", "console", "contract"]),
  fence("console", ["widget", "pages", "start", "outbox"]),
  fence("shared", ["widget", "pages", "start", "outbox", "common", "console", "contract"]),
);
