/** The widget's look, as a constructed stylesheet: no style tag that a content policy could refuse. */
import composer from "./composer.css?inline";
import messages from "./messages.css?inline";
import panel from "./panel.css?inline";
import tokens from "./tokens.css?inline";

export function applyStyles(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([tokens, panel, messages, composer].join("\n"));
  root.adoptedStyleSheets = [sheet];
}
