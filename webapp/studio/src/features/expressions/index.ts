// An expression that is typed: names are offered, and mistakes told as one types.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";
import { useRef, useState } from "@bpmn-io/properties-panel/preact/hooks";
import type { Desk } from "../properties/desk.ts";
import { describedBy, type Framed, fieldId, frame } from "../properties/entries/entry.ts";
import { useTyped } from "../properties/entries/typed.ts";
import { type Expects, useProblem } from "./check.ts";
import { type Offer, offers, wordAt } from "./offers.ts";

export interface ExpressionProps extends Framed {
  readonly desk: Desk;
  /** Without `${…}`, unless `mixed`. */
  readonly value: string;
  readonly change: (value: string) => void;
  readonly expects: Expects;
  /** The value is a text, or an expression within `${…}`. */
  readonly mixed?: boolean;
}

function inner(value: string, mixed: boolean): string | undefined {
  if (!mixed) {
    return value;
  }
  const found = /^\s*\$\{([^}]*)\}?\s*$/.exec(value);
  return found ? found[1] : undefined;
}

function row(id: string, each: Offer, index: number, active: boolean, take: () => void) {
  return h(
    "li",
    {
      id: `${id}-offer-${index}`,
      key: each.text,
      role: "option",
      class: "app-offers__offer",
      "aria-selected": String(active),
      // Before the field loses the focus, which would close the list.
      onMouseDown: (event: Event) => {
        event.preventDefault();
        take();
      },
    },
    h("strong", null, each.text),
    h("span", { class: "app-offers__type" }, ` ${each.type}`),
    each.doc ? h("span", { class: "app-offers__doc" }, each.doc) : null,
  );
}

interface Chosen {
  readonly found: readonly Offer[];
  readonly open: boolean;
  readonly active: number;
  readonly setActive: (index: number) => void;
  readonly setOpen: (open: boolean) => void;
  readonly take: (offer: Offer) => void;
}

function onKey(event: KeyboardEvent, chosen: Chosen): void {
  const { found, open, active } = chosen;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    chosen.setOpen(true);
    chosen.setActive(found.length ? (active + step + found.length) % found.length : -1);
  } else if (event.key === "Enter" && open && found[active]) {
    event.preventDefault();
    chosen.take(found[active]);
  } else if (event.key === "Escape" && open) {
    event.stopPropagation();
    chosen.setOpen(false);
  }
}

export function ExpressionEntry(props: ExpressionProps): ComponentChild {
  const { desk, mixed = false } = props;
  const id = fieldId(props.id);
  const typed = useTyped(props.value, props.change);
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const problem = useProblem(desk, inner(typed.value, mixed), props.expects) || props.problem;
  const word = wordAt(typed.value, caret);
  const found = open ? offers(word, desk.lists) : [];
  const take = (offer: Offer) => {
    const text = typed.value.slice(0, word.start) + offer.text + typed.value.slice(word.end);
    typed.type(text);
    setCaret(word.start + offer.text.length);
    setOpen(false);
    setActive(-1);
    input.current?.focus();
  };
  const entry = { ...props, problem };
  const shown = open && found.length > 0;
  const field = h("input", {
    ref: input,
    id,
    type: "text",
    role: "combobox",
    class: "app-entry__input app-entry__input--code",
    autocomplete: "off",
    spellcheck: false,
    value: typed.value,
    "aria-autocomplete": "list",
    "aria-expanded": String(shown),
    "aria-controls": `${id}-offers`,
    "aria-activedescendant": shown && active >= 0 ? `${id}-offer-${active}` : undefined,
    "aria-describedby": describedBy(entry),
    "aria-invalid": problem ? "true" : undefined,
    onInput: (event: Event) => {
      const target = event.target as HTMLInputElement;
      setCaret(target.selectionStart ?? target.value.length);
      setOpen(true);
      setActive(-1);
      typed.type(target.value);
    },
    onKeyDown: (event: KeyboardEvent) =>
      onKey(event, { found, open, active, setActive, setOpen, take }),
    onBlur: () => {
      setOpen(false);
      typed.keep();
    },
  });
  const list = h(
    "ul",
    {
      id: `${id}-offers`,
      role: "listbox",
      class: "app-offers",
      hidden: !shown,
      "aria-label": "Names",
    },
    found.map((each, index) => row(id, each, index, index === active, () => take(each))),
  );
  return frame(entry, field, list);
}
