/** The start page: what Hatif is, the chat, and in development the people to try it with. */
import "../../shared/fonts.css";
import "../common/base.css";
import "./start.css";
import type { Language } from "../../shared/language";
import { byId, fetchJson, speak } from "../common/page";
import { tables, type People } from "./people";
import { scene } from "./scene";
import { tasks } from "./tasks";
import { TEXTS } from "./texts";

/** What the widget offers to the page around it. */
interface Chat extends HTMLElement {
  open(): void;
  ask(text: string): void;
}

let language: Language = "ar";
let people: People | null = null;
let healthy: boolean | null = null;

function chat(): Chat | null {
  return document.querySelector<Chat>("hatif-widget:defined");
}

function draw(spoken: Language): void {
  language = spoken;
  document.querySelector("hatif-widget")?.setAttribute("language", language);
  byId("scene", HTMLElement).replaceChildren(...scene(language));
  byId("tasks", HTMLElement).replaceChildren(...tasks(language, (text) => chat()?.ask(text)));
  byId("snippet", HTMLElement).textContent = snippet();
  drawPeople();
  drawHealth();
}

function snippet(): string {
  const address = `${location.origin}/widget/hatif-widget.js`;
  return `<script src="${address}"\n        data-language="${language}" defer></script>`;
}

function drawPeople(): void {
  const known = people;
  byId("people", HTMLElement).hidden = known === null;
  for (const link of document.querySelectorAll<HTMLElement>("[data-sandbox]")) link.hidden = known === null;
  if (known) byId("tables", HTMLElement).replaceChildren(...tables(known, language, TEXTS[language]));
}

function drawHealth(): void {
  const shown = byId("health", HTMLElement);
  const { healthy: well, unhealthy: ill } = TEXTS[language];
  shown.textContent = healthy === null ? "" : healthy ? well : ill;
  shown.dataset["well"] = String(healthy);
}

async function load(): Promise<void> {
  people = (await fetchJson("/sandbox/people").catch(() => null)) as People | null;
  drawPeople();
  healthy = await fetch("/health").then(
    (answer) => answer.ok,
    () => false,
  );
  drawHealth();
}

speak(TEXTS, draw);
byId("begin", HTMLButtonElement).addEventListener("click", () => chat()?.open());
void load();
