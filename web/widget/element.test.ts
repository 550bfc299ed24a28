/** The element in a page: its language, its dialog, its one copy. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HatifWidget } from "./element";

customElements.define("hatif-widget", HatifWidget);

function put(attributes: Record<string, string> = {}): HatifWidget {
  const widget = document.createElement("hatif-widget") as HatifWidget;
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  document.body.append(widget);
  return widget;
}

const inside = <Kind extends HTMLElement>(widget: HatifWidget, selector: string): Kind | null =>
  widget.shadowRoot?.querySelector<Kind>(selector) ?? null;
const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

beforeEach(() => {
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
});

afterEach(() => {
  document.body.replaceChildren();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

test("the language named by the page decides, and its change is followed", async () => {
  const widget = put({ language: "ar" });
  await settled();
  expect(inside(widget, ".frame")?.dir).toBe("rtl");
  widget.setAttribute("language", "en");
  await settled();
  expect(inside(widget, ".frame")?.dir).toBe("ltr");
});

test("the customer's own choice outlives a page that names its language late", async () => {
  const first = put({ language: "ar" });
  inside(first, ".language")?.click();
  first.remove();
  const second = put();
  second.setAttribute("language", "ar");
  await settled();
  expect(second.language).toBe("en");
});

test("nothing is asked of the server before the chat is opened", () => {
  const asked = vi.fn(() => new Promise(() => undefined));
  vi.stubGlobal("fetch", asked);
  const widget = put();
  expect(asked).not.toHaveBeenCalled();
  widget.open();
  expect(asked).toHaveBeenCalledOnce();
});

test("opening moves the focus to the input, Escape gives it back to the launcher", async () => {
  const widget = put();
  await settled();
  inside(widget, ".launcher")?.click();
  expect(widget.shadowRoot?.activeElement).toBe(inside(widget, "textarea"));
  inside(widget, "textarea")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(inside(widget, ".panel")?.hidden).toBe(true);
  expect(widget.shadowRoot?.activeElement).toBe(inside(widget, ".launcher"));
});

test("Enter sends, Shift and Enter do not, nor does a text over the limit", async () => {
  const widget = put();
  widget.open();
  const input = inside<HTMLTextAreaElement>(widget, "textarea");
  if (!input) throw new Error("no input");
  const press = (text: string, shiftKey = false): void => {
    input.value = text;
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", shiftKey, bubbles: true, cancelable: true }));
  };
  press("one", true);
  press("ا".repeat(1001));
  press("   ");
  press("سلام");
  await settled();
  const said = [...(widget.shadowRoot?.querySelectorAll(".message .text") ?? [])].map((text) => text.textContent);
  expect(said).toEqual(["سلام"]);
});

test("a browser that blocks storage still shows the chat", () => {
  vi.stubGlobal("sessionStorage", {
    getItem: () => {
      throw new Error("blocked");
    },
    setItem: () => {
      throw new Error("blocked");
    },
    clear: () => undefined,
  });
  const widget = put();
  widget.open();
  expect(inside(widget, ".panel")?.hidden).toBe(false);
});
