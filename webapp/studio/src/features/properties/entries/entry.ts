// The frame of an entry: label, hint and problem, tied to the control for assistive technology.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";

export interface Framed {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
}

export function fieldId(id: string): string {
  return `studio-${id.replace(/[^A-Za-z0-9_-]/g, "-")}`;
}

/** The ids of what describes a control, for aria-describedby. */
export function describedBy(entry: Framed): string | undefined {
  const ids = [
    entry.hint ? `${fieldId(entry.id)}-hint` : "",
    entry.problem ? `${fieldId(entry.id)}-problem` : "",
  ].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : undefined;
}

export function frame(entry: Framed, ...control: readonly ComponentChild[]): ComponentChild {
  const id = fieldId(entry.id);
  return h(
    "div",
    { class: "app-entry", "data-entry-id": entry.id },
    h("label", { class: "app-entry__label", for: id }, entry.label),
    entry.hint ? h("p", { class: "app-entry__hint", id: `${id}-hint` }, entry.hint) : null,
    ...control,
    h(
      "p",
      { class: "app-entry__problem", id: `${id}-problem`, "aria-live": "polite" },
      entry.problem ?? "",
    ),
  );
}
