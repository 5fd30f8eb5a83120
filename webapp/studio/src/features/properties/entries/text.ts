// A line or several lines of text.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";
import { describedBy, type Framed, fieldId, frame } from "./entry.ts";
import { useTyped } from "./typed.ts";

export interface TextProps extends Framed {
  readonly value: string;
  readonly change: (value: string) => void;
  readonly rows?: number;
  /** What is wrong with a value, "" where it is good; a wrong one is not kept. */
  readonly validate?: (value: string) => string;
}

export function TextEntry(props: TextProps): ComponentChild {
  const validate = props.validate ?? (() => "");
  const typed = useTyped(props.value, (value) => {
    if (validate(value) === "") {
      props.change(value);
    }
  });
  const problem = validate(typed.value) || props.problem;
  const entry = { ...props, problem };
  const attributes = {
    id: fieldId(props.id),
    class: "app-entry__input",
    value: typed.value,
    "aria-describedby": describedBy(entry),
    "aria-invalid": problem ? "true" : undefined,
    onInput: (event: Event) => typed.type((event.target as HTMLInputElement).value),
    onBlur: typed.keep,
  };
  const control = props.rows
    ? h("textarea", { ...attributes, rows: props.rows })
    : h("input", { ...attributes, type: "text", autocomplete: "off", spellcheck: false });
  return frame(entry, control);
}
