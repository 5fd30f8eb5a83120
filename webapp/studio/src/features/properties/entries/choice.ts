// One of a list. A value that the list does not have stays, and is shown as it is.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";
import { describedBy, type Framed, fieldId, frame } from "./entry.ts";

export interface Option {
  readonly value: string;
  readonly text: string;
}

export interface OptionGroup {
  readonly label: string;
  readonly options: readonly Option[];
}

export interface ChoiceProps extends Framed {
  readonly value: string;
  readonly change: (value: string) => void;
  readonly options: readonly Option[];
  readonly groups?: readonly OptionGroup[];
}

function option(each: Option): ComponentChild {
  return h("option", { value: each.value, key: each.value }, each.text);
}

export function ChoiceEntry(props: ChoiceProps): ComponentChild {
  const groups = (props.groups ?? []).filter((each) => each.options.length > 0);
  const known = [...props.options, ...groups.flatMap((each) => each.options)];
  const isKnown = known.some((each) => each.value === props.value);
  const stray = isKnown ? [] : [{ value: props.value, text: `${props.value} (not in the list)` }];
  return frame(
    props,
    h(
      "select",
      {
        id: fieldId(props.id),
        class: "app-entry__input",
        value: props.value,
        "aria-describedby": describedBy(props),
        onChange: (event: Event) => props.change((event.target as HTMLSelectElement).value),
      },
      ...[...props.options, ...stray].map(option),
      ...groups.map((each) =>
        h("optgroup", { label: each.label, key: each.label }, each.options.map(option)),
      ),
    ),
  );
}
