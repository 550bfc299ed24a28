/** <hatif-widget>: joins the conversation to the view, and both to the page around them. */
import { isLanguage, other, preferred, type Language } from "../shared/language";
import { ChatClient } from "./client";
import { originOf } from "./server";
import { keepFor, type Store } from "./storage";
import { applyStyles } from "./styles";
import { TEXTS } from "./texts";
import { view, type View } from "./view/view";

/** The words of the script tag, for elements that have no attributes of their own. */
export interface ScriptWords {
  server: string;
  language: string | null;
}

export class HatifWidget extends HTMLElement {
  static observedAttributes = ["language"];
  static script: ScriptWords = { server: "", language: null };

  #view: View | null = null;
  #store: Store | null = null;
  #client: ChatClient | null = null;
  #language: Language = "ar";
  #open = false;
  #drawing = false;

  connectedCallback(): void {
    const server = originOf(this.getAttribute("server") ?? (HatifWidget.script.server || location.origin));
    this.#store = keepFor(server);
    const kept = this.#store.load();
    this.#language = kept.language ?? this.#askedLanguage();
    this.#open = kept.open;
    this.#client = new ChatClient(server, this.#store, () => this.#language, () => this.#draw());
    this.#view ??= this.#build();
    window.addEventListener("online", this.#wake);
    window.addEventListener("offline", this.#lose);
    window.addEventListener("pageshow", this.#wake);
    document.addEventListener("visibilitychange", this.#wake);
    if (this.#open || this.#client.hasSession) this.#client.start();
    this.#draw();
  }

  disconnectedCallback(): void {
    window.removeEventListener("online", this.#wake);
    window.removeEventListener("offline", this.#lose);
    window.removeEventListener("pageshow", this.#wake);
    document.removeEventListener("visibilitychange", this.#wake);
    this.#client?.stop();
    this.#client = null;
  }

  /** A page that changes its language takes the conversation along; one that names it late does not undo a choice. */
  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (!this.#client || before === after || !isLanguage(after)) return;
    if (before !== null) this.#speak(after);
    else if (this.#store?.load().language === null) {
      this.#language = after;
      this.#draw();
    }
  }

  get language(): Language {
    return this.#language;
  }

  /** Shows the chat and puts the cursor in it. */
  open(): void {
    if (!this.#open) {
      this.#open = true;
      this.#store?.save({ open: true });
      this.#client?.start();
      this.#drawNow();
    }
    this.#view?.focusInput();
  }

  /** Hides the chat; the conversation goes on. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#store?.save({ open: false });
    this.#drawNow();
    this.#view?.focusLauncher();
  }

  /** Opens the chat and says this in the customer's name. */
  ask(text: string): void {
    this.open();
    this.#client?.say(text);
  }

  #build(): View {
    const root = this.attachShadow({ mode: "open" });
    applyStyles(root);
    return view(root, {
      open: () => this.open(),
      close: () => this.close(),
      switchLanguage: () => this.#speak(other(this.#language)),
      say: (text) => this.#pressed((client) => client.say(text)),
      choose: (choice) => this.#pressed((client) => client.choose(choice)),
      retry: (clientId) => this.#pressed((client) => client.retry(clientId)),
      startOver: () => this.#pressed((client) => client.startOver()),
      dismiss: () => this.#pressed((client) => client.dismiss()),
    });
  }

  /** The pressed button is about to go; without this the focus would fall out of the dialog. */
  #pressed(deed: (client: ChatClient) => void): void {
    if (this.#client) deed(this.#client);
    this.#drawNow();
    this.#view?.keepFocus();
  }

  #askedLanguage(): Language {
    return preferred(this.getAttribute("language"), HatifWidget.script.language, document.documentElement.lang);
  }

  #speak(language: Language): void {
    if (language === this.#language) return;
    this.#language = language;
    this.#client?.speak(language);
    this.#draw();
    this.dispatchEvent(new CustomEvent("hatif-language", { detail: language, bubbles: true }));
  }

  #wake = (): void => {
    if (document.visibilityState === "visible") this.#client?.wake();
  };

  #lose = (): void => this.#client?.lose();

  /** Many frames in one moment are drawn once. */
  #draw(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => this.#drawNow());
  }

  #drawNow(): void {
    this.#drawing = false;
    if (!this.#client || !this.#view) return;
    if (this.#open) this.#client.read();
    this.#view.update({
      state: this.#client.state,
      language: this.#language,
      texts: TEXTS[this.#language],
      open: this.#open,
    });
  }
}
