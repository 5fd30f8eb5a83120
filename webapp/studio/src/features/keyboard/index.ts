// The keys that the canvas knows, shown in a dialogue.

import { button, make } from "../../dom.ts";

const KEYS: readonly (readonly [string, string])[] = [
  ["Ctrl + Z", "Undo"],
  ["Ctrl + Y, or Ctrl + Shift + Z", "Redo"],
  ["Ctrl + S", "Save at once"],
  ["Ctrl + F", "Find an element by name or id"],
  ["Ctrl + A", "Select everything"],
  ["Ctrl + C, Ctrl + X, Ctrl + V", "Copy, cut and paste, from one draft to another as well"],
  ["N", "Create an element"],
  ["A", "Add an element after the one selected"],
  ["R", "Change the kind of the one selected"],
  ["E", "Change the name"],
  ["C", "Connect two elements"],
  ["H", "Move the canvas"],
  ["L", "Select with a frame"],
  ["S", "Make or take away space"],
  ["Arrow keys", "Move the one selected; with Ctrl, move the canvas"],
  ["Delete", "Delete what is selected"],
  ["Ctrl + plus, Ctrl + minus, Ctrl + 0", "Zoom in, out, and to full size"],
];

export function keysDialogue(host: HTMLElement): () => void {
  const rows = KEYS.map(([keys, does]) =>
    make(
      "tr",
      { class: "govuk-table__row" },
      make("th", { class: "govuk-table__header", scope: "row" }, keys),
      make("td", { class: "govuk-table__cell" }, does),
    ),
  );
  const dialogue = make(
    "dialog",
    { class: "app-studio__dialogue", "aria-labelledby": "studio-keys" },
    make("h2", { class: "govuk-heading-m", id: "studio-keys" }, "Keys of the canvas"),
    make(
      "p",
      { class: "govuk-body" },
      "They work while the canvas has the focus. The outline has every step as a list, for keyboard and screen reader alone.",
    ),
    make("table", { class: "govuk-table" }, make("tbody", { class: "govuk-table__body" }, ...rows)),
  );
  dialogue.append(button("Close", () => dialogue.close()));
  host.append(dialogue);
  return () => dialogue.showModal();
}
