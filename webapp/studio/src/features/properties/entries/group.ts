// A group of entries that opens and closes.

import { useLayoutState } from "@bpmn-io/properties-panel";
import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";

export interface GroupProps {
  readonly id: string;
  readonly label: string;
  readonly open?: boolean;
  readonly content: () => ComponentChild;
}

export function Group(props: GroupProps): ComponentChild {
  const [open, setOpen] = useLayoutState(["groups", props.id, "open"], props.open ?? false);
  const id = `studio-group-${props.id}`;
  return h(
    "div",
    { class: "app-group", "data-group-id": props.id },
    h(
      "h3",
      { class: "app-group__heading" },
      h(
        "button",
        {
          type: "button",
          class: "app-group__toggle",
          "aria-expanded": String(open),
          "aria-controls": id,
          onClick: () => setOpen(!open),
        },
        props.label,
      ),
    ),
    h("div", { id, class: "app-group__entries", hidden: !open }, open ? props.content() : null),
  );
}
