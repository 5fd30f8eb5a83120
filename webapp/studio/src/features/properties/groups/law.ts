// What a step means in law: its duty, the facts it records, the stage and the guidance.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";
import { ExpressionEntry } from "../../expressions/index.ts";
import { textOf } from "../../modeler/services.ts";
import { type Desk, is, ours, subject } from "../desk.ts";
import { actions } from "../entries/actions.ts";
import { ChoiceEntry } from "../entries/choice.ts";
import type { GroupProps } from "../entries/group.ts";
import { TextEntry } from "../entries/text.ts";
import { fieldsOf } from "../model/form.ts";

const OUTCOMES = [
  ["issued", "Plan issued"],
  ["refused", "Assessment refused"],
  ["no_plan", "No plan issued"],
  ["withdrawn", "Withdrawn"],
  ["moved_away", "Moved away"],
  ["adopted", "Plan taken over"],
  ["ceased", "Plan ceased"],
] as const;

export function dutyOptions(desk: Desk) {
  return [
    { value: "", text: "None" },
    ...desk.lists.duties.map((each) => ({
      value: each.code,
      text: `${each.name} (${each.limit})`,
    })),
  ];
}

function duty(desk: Desk): ComponentChild[] {
  const code = ours(desk, "duty");
  const found = desk.lists.duties.find((each) => each.code === code.value);
  const qualifier = ours(desk, "duty_qualifier");
  return [
    h(ChoiceEntry, { id: "duty", label: "Duty", ...code, options: dutyOptions(desk) }),
    found?.perQualifier || qualifier.value
      ? h(ExpressionEntry, {
          id: "duty-qualifier",
          label: "Which adviser, setting or dispute the duty is about",
          hint: "A text, or an expression such as ${adviser.code}. Leave it empty where it is the same as for the fact.",
          desk,
          ...qualifier,
          expects: "any",
          mixed: true,
        })
      : null,
  ];
}

function facts(desk: Desk): ComponentChild[] {
  const records = ours(desk, "records");
  const all = records.value
    .split(";")
    .map((each) => each.trim())
    .filter(Boolean);
  const write = (changed: readonly string[]) => records.change(changed.join(";"));
  const replaced = (index: number, text: string) =>
    write(all.map((each, at) => (at === index ? text : each)));
  const options = desk.lists.facts.map((each) => ({ value: each.code, text: each.name }));
  return [
    ...all.map((each, index) => {
      const [code = "", outcome = ""] = each.split(":");
      return h(
        "fieldset",
        { class: "app-item", key: `${index}` },
        h("legend", { class: "app-item__name" }, `Fact ${index + 1}`),
        h(ChoiceEntry, {
          id: `fact-${index}`,
          label: "Fact that leaving this step records",
          value: code,
          change: (value: string) => replaced(index, outcome ? `${value}:${outcome}` : value),
          options,
        }),
        h(TextEntry, {
          id: `fact-${index}-outcome`,
          label: "Outcome",
          hint: "Such as assess or refuse. Often empty.",
          value: outcome,
          change: (value: string) => replaced(index, value ? `${code}:${value}` : code),
        }),
        actions([
          {
            text: "Remove",
            name: `Remove fact ${index + 1}`,
            act: () => write(all.filter((_, at) => at !== index)),
          },
        ]),
      );
    }),
    actions([
      {
        text: "Record a fact",
        act: () => write([...all, options[0]?.value ?? "fact"]),
      },
    ]),
    ...(all.length > 0 ? dateOfFact(desk) : []),
  ];
}

function dateOfFact(desk: Desk): ComponentChild[] {
  const dates = fieldsOf(subject(desk)).filter((each) => textOf(each, "type") === "date");
  const field = ours(desk, "date_field");
  return [
    h(ChoiceEntry, {
      id: "date-field",
      label: "Date of the fact",
      ...field,
      options: [
        { value: "", text: "The day on which the step is left" },
        ...dates.map((each) => ({
          value: textOf(each, "id"),
          text: `Answer to “${textOf(each, "label") || textOf(each, "id")}”`,
        })),
      ],
    }),
    field.value
      ? null
      : h(ExpressionEntry, {
          id: "on",
          label: "Or the date that an earlier step asked for",
          hint: "An expression such as ${received_on}.",
          desk,
          ...ours(desk, "on"),
          expects: "date",
          mixed: true,
        }),
    h(ExpressionEntry, {
      id: "qualifier",
      label: "Which adviser, setting or dispute the fact is about",
      hint: "A text, or an expression such as ${adviser.code}. Empty where there is only one.",
      desk,
      ...ours(desk, "qualifier"),
      expects: "any",
      mixed: true,
    }),
  ];
}

function words(desk: Desk): ComponentChild[] {
  return [
    h(TextEntry, {
      id: "stage",
      label: "Stage of the case",
      hint: "In words, from when the task opens.",
      ...ours(desk, "stage"),
    }),
    h(TextEntry, {
      id: "guidance",
      label: "Guidance",
      hint: "What the law or the Code says, above the form.",
      ...ours(desk, "guidance"),
      rows: 3,
    }),
    h(TextEntry, {
      id: "decision",
      label: "Legal test of the decision",
      hint: "Only where completing the task is a decision on the case.",
      ...ours(desk, "decision"),
      rows: 2,
    }),
    h(TextEntry, {
      id: "label",
      label: "Words beside the task’s name",
      hint: "Such as ${adviser.label}.",
      ...ours(desk, "label"),
    }),
  ];
}

export function law(desk: Desk): GroupProps | undefined {
  if (!is(desk, "bpmn:Activity", "bpmn:Event")) {
    return undefined;
  }
  const content = () => [
    ...(is(desk, "bpmn:EndEvent") ? [outcome(desk)] : duty(desk)),
    ...facts(desk),
    ...(is(desk, "bpmn:UserTask", "bpmn:ManualTask") ? words(desk) : []),
  ];
  return { id: "law", label: "Duty and facts", open: true, content };
}

function outcome(desk: Desk): ComponentChild {
  return h(ChoiceEntry, {
    id: "outcome",
    label: "How the case ends here",
    ...ours(desk, "outcome"),
    options: [
      { value: "", text: "The process ends, not the case" },
      ...OUTCOMES.map(([value, text]) => ({ value, text })),
    ],
  });
}
