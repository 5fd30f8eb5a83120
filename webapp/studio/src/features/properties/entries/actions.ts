// Buttons of an entry.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";

export interface Action {
  readonly text: string;
  /** What assistive technology reads, where the text alone does not say what it acts on. */
  readonly name?: string;
  readonly act: () => void;
  readonly disabled?: boolean;
}

export function actions(found: readonly Action[]): ComponentChild {
  return h(
    "div",
    { class: "app-entry__actions" },
    found.map((each) =>
      h(
        "button",
        {
          type: "button",
          class: "app-studio__button app-studio__button--small",
          "aria-label": each.name,
          "aria-disabled": each.disabled ? "true" : undefined,
          key: each.name ?? each.text,
          onClick: each.disabled ? undefined : each.act,
        },
        each.text,
      ),
    ),
  );
}
