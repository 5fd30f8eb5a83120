// The panel beside the canvas, with a tab for each thing that it shows.

import { make } from "../../dom.ts";

export interface Tab {
  readonly host: HTMLElement;
  open(): void;
  /** Name the tab anew; `said` is read out where it differs from before. */
  name(words: string, said?: string): void;
}

export class Panel {
  private readonly list = make("div", {
    role: "tablist",
    class: "app-tabs",
    "aria-label": "About the diagram",
  });
  private readonly live = make("p", { class: "govuk-visually-hidden", role: "status" });
  private readonly tabs: { readonly tab: HTMLButtonElement; readonly body: HTMLElement }[] = [];

  constructor(private readonly host: HTMLElement) {
    host.append(this.list, this.live);
    this.list.addEventListener("keydown", (event) => this.step(event));
  }

  add(id: string, words: string): Tab {
    const tab = make(
      "button",
      { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}` },
      words,
    );
    tab.className = "app-tabs__tab";
    const body = make("div", {
      role: "tabpanel",
      id: `panel-${id}`,
      class: "app-tabs__panel",
      "aria-labelledby": `tab-${id}`,
      tabindex: "0",
    });
    tab.addEventListener("click", () => this.open(tab));
    this.list.append(tab);
    this.host.append(body);
    this.tabs.push({ tab, body });
    if (this.tabs.length === 1) {
      this.open(tab);
    } else {
      this.close(tab, body);
    }
    return {
      host: body,
      open: () => this.open(tab),
      name: (named, said) => {
        tab.textContent = named;
        if (said && this.live.textContent !== said) {
          this.live.textContent = said;
        }
      },
    };
  }

  private open(chosen: HTMLButtonElement): void {
    for (const { tab, body } of this.tabs) {
      if (tab === chosen) {
        tab.setAttribute("aria-selected", "true");
        tab.tabIndex = 0;
        body.hidden = false;
      } else {
        this.close(tab, body);
      }
    }
  }

  private close(tab: HTMLButtonElement, body: HTMLElement): void {
    tab.setAttribute("aria-selected", "false");
    tab.tabIndex = -1;
    body.hidden = true;
  }

  private step(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = this.tabs.findIndex(({ tab }) => tab === document.activeElement);
    if (by === undefined || at < 0) {
      return;
    }
    const next = this.tabs[(at + by + this.tabs.length) % this.tabs.length]?.tab;
    if (next) {
      this.open(next);
      next.focus();
    }
  }
}
