// The questions of a form, and how staff will see them.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";
import { ExpressionEntry } from "../../expressions/index.ts";
import { listOf, type Moddle, textOf } from "../../modeler/services.ts";
import { type Desk, is, ours, subject } from "../desk.ts";
import { actions } from "../entries/actions.ts";
import { CheckEntry } from "../entries/check.ts";
import { ChoiceEntry } from "../entries/choice.ts";
import type { GroupProps } from "../entries/group.ts";
import { TextEntry } from "../entries/text.ts";
import {
  constraint,
  FIELD_TYPES,
  FormEdits,
  fieldProperty,
  fieldsOf,
  isRequired,
} from "../model/form.ts";
import { FormPreview } from "../preview.ts";

const BOUNDS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  string: [
    ["minlength", "Fewest characters"],
    ["maxlength", "Most characters"],
  ],
  textarea: [
    ["minlength", "Fewest characters"],
    ["maxlength", "Most characters"],
  ],
  long: [
    ["min", "Least"],
    ["max", "Most"],
  ],
  double: [
    ["min", "Least"],
    ["max", "Most"],
  ],
};

function hasForm(desk: Desk): boolean {
  return (
    is(desk, "bpmn:UserTask", "bpmn:ManualTask", "bpmn:StartEvent", "bpmn:CatchEvent") ||
    subject(desk).$type === "bpmn:Task"
  );
}

/** One line for each choice: its code, an equals sign, its label. */
function choices(field: Moddle, edits: FormEdits) {
  const value = listOf(field, "values")
    .map((each) => `${textOf(each, "id")} = ${textOf(each, "name")}`)
    .join("\n");
  const change = (text: string) => {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    const pairs = lines.map((line) => {
      const [code = "", ...label] = line.split("=");
      return [code.trim(), label.join("=").trim() || code.trim()] as const;
    });
    edits.setChoices(field, pairs);
  };
  return { value, change };
}

function kind(field: Moddle, key: string, edits: FormEdits): ComponentChild[] {
  const type = textOf(field, "type") || "string";
  const from = fieldProperty(field, "options_from");
  const isChoice = ["enum", "checkboxes"].includes(type);
  return [
    isChoice
      ? h(ChoiceEntry, {
          id: `${key}-from`,
          label: "Where the choices come from",
          value: from,
          change: (value: string) => edits.setProperty(field, "options_from", value),
          options: [
            { value: "", text: "They are written here" },
            { value: "settings", text: "The authority’s schools and colleges" },
            { value: "areas", text: "The authority’s areas" },
          ],
        })
      : null,
    isChoice && !from
      ? h(TextEntry, {
          id: `${key}-choices`,
          label: "Choices",
          hint: "One a line: code = words, such as assess = Assess.",
          rows: 4,
          ...choices(field, edits),
        })
      : null,
    ...(BOUNDS[type] ?? []).map(([name, label]) =>
      h(TextEntry, {
        id: `${key}-${name}`,
        label,
        value: constraint(field, name) ?? "",
        change: (value: string) => edits.setConstraint(field, name, value || undefined),
        validate: (value: string) =>
          value === "" || /^-?\d+(\.\d+)?$/.test(value) ? "" : "Enter a number.",
      }),
    ),
    type === "date"
      ? h(CheckEntry, {
          id: `${key}-past`,
          label: "Today or in the past",
          value: constraint(field, "past_or_today") !== undefined,
          change: (value: boolean) =>
            edits.setConstraint(field, "past_or_today", value ? "true" : undefined),
        })
      : null,
  ];
}

function question(desk: Desk, field: Moddle, index: number, count: number): ComponentChild {
  const edits = new FormEdits(desk.edits, desk.element);
  const key = `field-${index}`;
  const label = textOf(field, "label") || textOf(field, "id");
  const others = fieldsOf(subject(desk)).filter((each) => each !== field);
  return h(
    "details",
    { class: "app-item", key: textOf(field, "id") },
    h("summary", { class: "app-item__name" }, label),
    h(TextEntry, {
      id: `${key}-label`,
      label: "Question",
      value: textOf(field, "label"),
      change: (value: string) => edits.set(field, { label: value }),
    }),
    h(TextEntry, {
      id: `${key}-id`,
      label: "Variable that takes the answer",
      value: textOf(field, "id"),
      change: (value: string) => edits.set(field, { id: value }),
      validate: (value: string) => {
        if (!/^[a-z_][a-z0-9_]*$/.test(value)) {
          return "Use small letters, digits and underscores.";
        }
        return others.some((each) => textOf(each, "id") === value)
          ? "Another question has this one."
          : "";
      },
    }),
    h(ChoiceEntry, {
      id: `${key}-type`,
      label: "Kind of answer",
      value: textOf(field, "type") || "string",
      change: (value: string) => edits.set(field, { type: value }),
      options: FIELD_TYPES.map(([value, text]) => ({ value, text })),
    }),
    ...kind(field, key, edits),
    h(TextEntry, {
      id: `${key}-hint`,
      label: "Hint",
      value: fieldProperty(field, "hint"),
      change: (value: string) => edits.setProperty(field, "hint", value),
    }),
    h(TextEntry, {
      id: `${key}-default`,
      label: "What stands there at first",
      value: textOf(field, "defaultValue"),
      change: (value: string) => edits.set(field, { defaultValue: value || undefined }),
    }),
    h(CheckEntry, {
      id: `${key}-required`,
      label: "An answer must be given",
      value: isRequired(field),
      change: (value: boolean) =>
        edits.setConstraint(field, "required", value ? "true" : undefined),
    }),
    h(ExpressionEntry, {
      id: `${key}-shown-if`,
      label: "Asked only if",
      hint: "Empty: always.",
      desk,
      value: fieldProperty(field, "shown_if"),
      change: (value: string) => edits.setProperty(field, "shown_if", value),
      expects: "boolean",
    }),
    actions([
      { text: "Up", name: `Up: ${label}`, act: () => edits.move(field, -1), disabled: index === 0 },
      {
        text: "Down",
        name: `Down: ${label}`,
        act: () => edits.move(field, 1),
        disabled: index === count - 1,
      },
      { text: "Remove", name: `Remove: ${label}`, act: () => edits.remove(field) },
    ]),
  );
}

export function form(desk: Desk): GroupProps | undefined {
  if (!hasForm(desk)) {
    return undefined;
  }
  const fields = fieldsOf(subject(desk));
  return {
    id: "form",
    label: `Form (${fields.length})`,
    open: fields.length > 0,
    content: () => [
      ...fields.map((each, index) => question(desk, each, index, fields.length)),
      actions([
        { text: "Add a question", act: () => new FormEdits(desk.edits, desk.element).add() },
      ]),
      fields.length === 0 && is(desk, "bpmn:UserTask")
        ? h(TextEntry, {
            id: "no-form",
            label: "Why it has no form",
            hint: "A task that asks nothing is completed with one button.",
            ...ours(desk, "no_form"),
          })
        : null,
      fields.length > 0 ? h(FormPreview, { desk }) : null,
    ],
  };
}
