// Yes or no.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";
import { fieldId } from "./entry.ts";

export interface CheckProps {
  readonly id: string;
  readonly label: string;
  readonly value: boolean;
  readonly change: (value: boolean) => void;
}

export function CheckEntry(props: CheckProps): ComponentChild {
  const id = fieldId(props.id);
  return h(
    "div",
    { class: "app-entry app-entry--check", "data-entry-id": props.id },
    h("input", {
      id,
      type: "checkbox",
      checked: props.value,
      onChange: (event: Event) => props.change((event.target as HTMLInputElement).checked),
    }),
    h("label", { class: "app-entry__label", for: id }, props.label),
  );
}
