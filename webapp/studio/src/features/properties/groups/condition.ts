// When a way out of a question is taken.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";
import { ExpressionEntry } from "../../expressions/index.ts";
import { childOf, moddleOf, type Shape, textOf } from "../../modeler/services.ts";
import { type Desk, is, subject } from "../desk.ts";
import { CheckEntry } from "../entries/check.ts";
import { ChoiceEntry } from "../entries/choice.ts";
import type { GroupProps } from "../entries/group.ts";
import { type Condition, readCondition, writeCondition } from "../model/condition.ts";
import type { Variable } from "../model/lists.ts";
import { unwrapped, wrapped } from "../model/moment.ts";

const EXPRESSION = "${}";

function answerable(desk: Desk): readonly Variable[] {
  return desk.lists.variables.filter((each) => each.values.length > 0 || each.type === "boolean");
}

function valuesOf(variable: Variable | undefined): readonly string[] {
  return variable?.type === "boolean" ? ["true", "false"] : (variable?.values ?? []);
}

function builder(desk: Desk, text: string, write: (body: string) => void): ComponentChild[] {
  const known = answerable(desk);
  const condition = readCondition(text);
  const variable = known.find((each) => each.code === condition?.name);
  const byAnswer = condition !== undefined && variable !== undefined;
  const put = (changed: Condition, of: Variable | undefined) =>
    write(writeCondition(changed, of?.type === "boolean"));
  const choose = (name: string) => {
    if (name === EXPRESSION) {
      write(text.trim() === "" ? wrapped("true") : wrapped(`(${unwrapped(text)})`));
      return;
    }
    const chosen = known.find((each) => each.code === name);
    put({ name, operator: "==", value: valuesOf(chosen)[0] ?? "" }, chosen);
  };
  return [
    h(ChoiceEntry, {
      id: "condition-name",
      label: "Taken if the answer to",
      value: byAnswer ? condition.name : text.trim() === "" ? "" : EXPRESSION,
      change: choose,
      options: [
        { value: "", text: "Choose one" },
        ...known.map((each) => ({ value: each.code, text: each.code.replaceAll("_", " ") })),
        { value: EXPRESSION, text: "(an expression)" },
      ],
    }),
    ...(byAnswer
      ? [
          h(ChoiceEntry, {
            id: "condition-operator",
            label: "is or is not",
            value: condition.operator,
            change: (value: string) =>
              put({ ...condition, operator: value as Condition["operator"] }, variable),
            options: [
              { value: "==", text: "is" },
              { value: "!=", text: "is not" },
            ],
          }),
          h(ChoiceEntry, {
            id: "condition-value",
            label: "this answer",
            value: condition.value,
            change: (value: string) => put({ ...condition, value }, variable),
            options: valuesOf(variable).map((each) => ({
              value: each,
              text: { true: "yes", false: "no" }[each] ?? each.replaceAll("_", " "),
            })),
          }),
        ]
      : [
          h(ExpressionEntry, {
            id: "condition-expression",
            label: "Expression",
            desk,
            value: unwrapped(text),
            change: (value: string) => write(wrapped(value)),
            expects: "boolean",
          }),
        ]),
  ];
}

export function condition(desk: Desk): GroupProps | undefined {
  const flow = subject(desk);
  const from = (desk.element as Shape & { source?: Shape }).source;
  const source = from && moddleOf(from);
  const splits =
    source?.$instanceOf("bpmn:ExclusiveGateway") || source?.$instanceOf("bpmn:InclusiveGateway");
  if (!is(desk, "bpmn:SequenceFlow") || !from || !source || !splits) {
    return undefined;
  }
  const isDefault = childOf(source, "default") === flow;
  const text = textOf(childOf(flow, "conditionExpression"), "body");
  const write = (body: string) => {
    const made = body ? desk.edits.create("bpmn:FormalExpression", { body }, flow) : undefined;
    desk.edits.set(desk.element, { conditionExpression: made });
  };
  return {
    id: "condition",
    label: "Condition",
    open: true,
    content: () => [
      h(CheckEntry, {
        id: "default",
        label: "Taken when no other way is",
        value: isDefault,
        change: (value: boolean) => desk.edits.set(from, { default: value ? flow : undefined }),
      }),
      ...(isDefault ? [] : builder(desk, text, write)),
    ],
  };
}
