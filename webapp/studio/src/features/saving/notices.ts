// Messages above the canvas that ask for a choice, one of each kind at most.

import { button, make } from "../../dom.ts";

export interface Choice {
  readonly text: string;
  readonly act: () => void | Promise<void>;
}

export class Notices {
  private readonly shown = new Map<string, HTMLElement>();

  constructor(private readonly host: HTMLElement) {}

  /** Show a message; `urgent` ones are read out at once. */
  show(kind: string, words: string, choices: readonly Choice[] = [], urgent = false): void {
    const before = this.shown.get(kind);
    if (before?.dataset.words === words) {
      return;
    }
    const role = urgent ? "alert" : "status";
    const notice = make(
      "div",
      { class: "app-studio__notice", role, "data-notice": kind, "data-words": words },
      make("p", { class: "govuk-body" }, words),
    );
    const buttons = choices.map((choice) => button(choice.text, () => void choice.act()));
    if (buttons.length > 0) {
      notice.append(make("div", { class: "app-studio__choices" }, ...buttons));
    }
    before?.remove();
    this.host.append(notice);
    this.shown.set(kind, notice);
  }

  clear(kind: string): void {
    this.shown.get(kind)?.remove();
    this.shown.delete(kind);
  }
}
