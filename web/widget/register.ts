/** The one script tag: names the element, and puts one on a page that has none. */
import { HatifWidget } from "./element";
import { originOf } from "./server";

const TAG = "hatif-widget";

function fromScript(script: HTMLOrSVGScriptElement | null): void {
  if (!(script instanceof HTMLScriptElement) || script.src === "") return;
  const { server, language } = script.dataset;
  HatifWidget.script = { server: server ?? originOf(script.src), language: language ?? null };
}

function appendUnlessThere(): void {
  if (document.querySelector(TAG) === null) document.body.append(document.createElement(TAG));
}

if (!customElements.get(TAG)) {
  fromScript(document.currentScript);
  customElements.define(TAG, HatifWidget);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", appendUnlessThere);
  else appendUnlessThere();
}
