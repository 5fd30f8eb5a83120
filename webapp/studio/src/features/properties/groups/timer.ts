// When a timer fires: a date built from duties, facts and answers, a time that passes, or a cycle.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";
import { ExpressionEntry } from "../../expressions/index.ts";
import { childOf, listOf, type Moddle, textOf } from "../../modeler/services.ts";
import { type Desk, subject } from "../desk.ts";
import { ChoiceEntry } from "../entries/choice.ts";
import type { GroupProps } from "../entries/group.ts";
import { TextEntry } from "../entries/text.ts";
import {
  type Anchor,
  type Moment,
  readCycle,
  readMoment,
  readPeriod,
  UNITS,
  type Unit,
  wrapped,
  writeCycle,
  writeMoment,
} from "../model/moment.ts";

const KINDS = ["timeDate", "timeDuration", "timeCycle"] as const;
type Kind = (typeof KINDS)[number];

const WAYS: readonly (readonly [Moment["way"], string])[] = [
  ["on", "on the day of"],
  ["before", "before"],
  ["after", "after"],
  ["halfway", "halfway to the due date of a duty"],
  ["expression", "what an expression says"],
];

function definition(desk: Desk): Moddle | undefined {
  return listOf(subject(desk), "eventDefinitions").find((each) =>
    each.$instanceOf("bpmn:TimerEventDefinition"),
  );
}

class Timer {
  constructor(
    private readonly desk: Desk,
    private readonly owner: Moddle,
  ) {}

  get kind(): Kind {
    return KINDS.find((each) => childOf(this.owner, each)) ?? "timeDate";
  }

  get text(): string {
    return textOf(childOf(this.owner, this.kind), "body");
  }

  write(kind: Kind, body: string): void {
    if (kind === this.kind && body === this.text) {
      return;
    }
    const { edits, element } = this.desk;
    const made = edits.create("bpmn:FormalExpression", { body }, this.owner);
    const cleared = Object.fromEntries(KINDS.map((each) => [each, undefined]));
    edits.setIn(element, this.owner, { ...cleared, [kind]: made });
  }
}

function anchorValue(anchor: Anchor): string {
  return anchor.code || !["duty", "variable"].includes(anchor.kind)
    ? `${anchor.kind}:${anchor.code}`
    : "";
}

function anchors(desk: Desk, dutiesOnly: boolean) {
  const { lists } = desk;
  const duties = {
    label: "Due dates of duties",
    options: lists.duties.map((each) => ({
      value: `duty:${each.code}`,
      text: `${each.name} (${each.limit})`,
    })),
  };
  if (dutiesOnly) {
    return [duties];
  }
  const kinds = [...new Set(lists.duties.map((each) => each.kind).filter(Boolean))];
  return [
    duties,
    {
      label: "Due dates of whichever duty is open",
      options: kinds.map((kind) => ({
        value: `duty_kind:${kind}`,
        text: kind.replaceAll("_", " "),
      })),
    },
    {
      label: "Dates that forms ask for",
      options: lists.variables
        .filter((each) => each.type === "date")
        .map((each) => ({ value: `variable:${each.code}`, text: each.code.replaceAll("_", " ") })),
    },
    {
      label: "Facts",
      options: lists.facts.map((each) => ({ value: `fact:${each.code}`, text: each.name })),
    },
    {
      label: "Others",
      options: [
        { value: "today:", text: "The day on which the timer is set" },
        { value: "school_leaving:", text: "The end of compulsory school age" },
      ],
    },
  ];
}

function shift(
  moment: Moment,
  id: string,
  write: (changed: Partial<Moment>) => void,
): ComponentChild[] {
  return [
    h(TextEntry, {
      id: `${id}-count`,
      label: "How many",
      value: String(moment.count),
      change: (value: string) => write({ count: Number(value) }),
      validate: (value: string) => (/^\d{1,4}$/.test(value) ? "" : "Enter a whole number."),
    }),
    h(ChoiceEntry, {
      id: `${id}-unit`,
      label: "Days, weeks or months",
      value: moment.unit,
      change: (value: string) => write({ unit: value as Unit }),
      options: UNITS.map(([value, text]) => ({ value, text })),
    }),
  ];
}

/** A moment in choices; `held` lets what is half chosen stand until it can be written. */
function momentEntries(
  desk: Desk,
  id: string,
  read: () => string,
  change: (text: string) => void,
): ComponentChild[] {
  const moment = held(desk, id, read());
  // From how it stands now, not from when it was drawn: another entry may have changed it since.
  const write = (part: Partial<Moment>) => {
    const changed = { ...held(desk, id, read()), ...part };
    const text = writeMoment(changed);
    if (text !== "" || changed.way === "expression") {
      change(wrapped(text));
    }
    choosing.set(`${desk.element.id}:${id}`, { written: read(), moment: changed });
    desk.studio.get("eventBus").fire("studio.refresh", {});
  };
  const { anchor } = moment;
  const duty = desk.lists.duties.find(
    (each) => anchor.kind === "duty" && each.code === anchor.code,
  );
  const isExpression = moment.way === "expression";
  return [
    h(ChoiceEntry, {
      id: `${id}-way`,
      label: "When",
      value: moment.way,
      change: (value: string) => write({ way: value as Moment["way"], text: writeMoment(moment) }),
      options: WAYS.map(([value, text]) => ({ value, text })),
    }),
    ...(["before", "after"].includes(moment.way) ? shift(moment, id, write) : []),
    isExpression
      ? h(ExpressionEntry, {
          id: `${id}-expression`,
          label: "Expression for the date",
          desk,
          value: moment.text,
          change: (text: string) => write({ text }),
          expects: "date",
        })
      : h(ChoiceEntry, {
          id: `${id}-anchor`,
          label: "Of which date",
          value: anchorValue(anchor),
          change: (value: string) => {
            const [kind = "duty", code = ""] = value.split(":");
            const chosen = desk.lists.duties.find((each) => each.code === code);
            const qualifier = kind === "duty" && chosen?.perQualifier ? anchor.qualifier : "";
            write({ anchor: { kind: kind as Anchor["kind"], code, qualifier } });
          },
          options: [{ value: "", text: "Choose one" }],
          groups: anchors(desk, moment.way === "halfway"),
        }),
    !isExpression && (duty?.perQualifier || anchor.qualifier)
      ? h(ExpressionEntry, {
          id: `${id}-qualifier`,
          label: "For which adviser, setting or dispute",
          hint: "An expression such as string(adviser.code).",
          desk,
          value: anchor.qualifier,
          change: (qualifier: string) => write({ anchor: { ...anchor, qualifier } }),
          expects: "any",
        })
      : null,
  ];
}

// What was chosen last for an element, while its text is the one of then: a choice that is not
// whole yet has no text to be read from.
const choosing = new Map<string, { readonly written: string; readonly moment: Moment }>();

function held(desk: Desk, id: string, written: string): Moment {
  const found = choosing.get(`${desk.element.id}:${id}`);
  return found?.written === written ? found.moment : readMoment(written);
}

function period(
  id: string,
  label: string,
  read: () => string,
  change: (text: string) => void,
): ComponentChild[] {
  const text = read();
  const found = readPeriod(text);
  const now = () => readPeriod(read()) ?? { count: 1, unit: "W" as Unit };
  if (text !== "" && !found) {
    return [
      h(TextEntry, {
        id,
        label: `${label} (ISO 8601)`,
        hint: "Such as P1M10D: one month and ten days.",
        value: text,
        change,
      }),
    ];
  }
  const { unit } = now();
  return [
    h(TextEntry, {
      id,
      label,
      value: found ? String(found.count) : "",
      change: (value: string) => change(`P${value}${now().unit}`),
      validate: (value: string) => (/^\d{1,4}$/.test(value) ? "" : "Enter a whole number."),
    }),
    h(ChoiceEntry, {
      id: `${id}-unit`,
      label: "Days, weeks or months",
      value: unit,
      change: (value: string) => change(`P${now().count}${value}`),
      options: UNITS.map(([value, text]) => ({ value, text })),
    }),
  ];
}

function cycle(desk: Desk, timer: Timer): ComponentChild[] {
  const found = readCycle(timer.text);
  const write = (changed: object) =>
    timer.write("timeCycle", writeCycle({ ...readCycle(timer.text), ...changed }));
  return [
    ...period(
      "cycle-period",
      "Every",
      () => readCycle(timer.text).period,
      (value) => write({ period: value }),
    ),
    h(TextEntry, {
      id: "cycle-rounds",
      label: "How many times",
      hint: "Empty: until the step is done.",
      value: found.rounds,
      change: (rounds: string) => write({ rounds }),
      validate: (value: string) => (/^\d*$/.test(value) ? "" : "Enter a whole number."),
    }),
    h("h4", { class: "app-item__name" }, "From"),
    ...momentEntries(
      desk,
      "cycle-start",
      () => readCycle(timer.text).start,
      (start) => write({ start }),
    ),
  ];
}

function content(desk: Desk, timer: Timer): ComponentChild[] {
  const kind = timer.kind;
  return [
    h(ChoiceEntry, {
      id: "timer-kind",
      label: "This timer fires",
      value: kind,
      change: (value: string) => timer.write(value as Kind, value === "timeCycle" ? "R/P1W" : ""),
      options: [
        { value: "timeDate", text: "at a date" },
        { value: "timeDuration", text: "when some time has passed" },
        { value: "timeCycle", text: "again and again" },
      ],
    }),
    ...(kind === "timeDate"
      ? momentEntries(
          desk,
          "timer",
          () => timer.text,
          (text) => timer.write("timeDate", text),
        )
      : []),
    ...(kind === "timeDuration"
      ? period(
          "duration",
          "After how many",
          () => timer.text,
          (text) => timer.write(kind, text),
        )
      : []),
    ...(kind === "timeCycle" ? cycle(desk, timer) : []),
  ];
}

export function timer(desk: Desk): GroupProps | undefined {
  const owner = definition(desk);
  if (!owner) {
    return undefined;
  }
  return {
    id: "timer",
    label: "Timer",
    open: true,
    content: () => content(desk, new Timer(desk, owner)),
  };
}
