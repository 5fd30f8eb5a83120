// What an element calls or computes: another process, a decision table, assignments, a list.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";
import { ExpressionEntry } from "../../expressions/index.ts";
import { childOf, textOf } from "../../modeler/services.ts";
import { attribute, type Desk, is, subject } from "../desk.ts";
import { ChoiceEntry } from "../entries/choice.ts";
import type { GroupProps } from "../entries/group.ts";
import { TextEntry } from "../entries/text.ts";
import type { Named } from "../model/lists.ts";
import { unwrapped, wrapped } from "../model/moment.ts";

function options(found: readonly Named[]) {
  return [
    { value: "", text: "Choose one" },
    ...found.map((each) => ({ value: each.code, text: each.name })),
  ];
}

export function called(desk: Desk): GroupProps | undefined {
  if (!is(desk, "bpmn:CallActivity")) {
    return undefined;
  }
  return {
    id: "called",
    label: "Called process",
    open: true,
    content: () =>
      h(ChoiceEntry, {
        id: "called",
        label: "Process",
        hint: "It sees and sets the same variables.",
        ...attribute(desk, "calledElement"),
        options: options(desk.lists.processes),
      }),
  };
}

export function decision(desk: Desk): GroupProps | undefined {
  if (!is(desk, "bpmn:BusinessRuleTask")) {
    return undefined;
  }
  return {
    id: "decision-table",
    label: "Decision table",
    open: true,
    content: () => [
      h(ChoiceEntry, {
        id: "decision-ref",
        label: "Table",
        ...attribute(desk, "camunda:decisionRef"),
        options: options(desk.lists.decisions),
      }),
      h(TextEntry, {
        id: "result-variable",
        label: "Variable that takes the result",
        ...attribute(desk, "camunda:resultVariable"),
      }),
    ],
  };
}

export function script(desk: Desk): GroupProps | undefined {
  if (!is(desk, "bpmn:ScriptTask")) {
    return undefined;
  }
  return {
    id: "script",
    label: "Assignments",
    open: true,
    content: () =>
      h(TextEntry, {
        id: "script",
        label: "Assignments",
        hint: "One a line: name = expression.",
        rows: 5,
        ...attribute(desk, "script"),
      }),
  };
}

function round(desk: Desk): ComponentChild[] {
  const loop = childOf(subject(desk), "loopCharacteristics");
  if (!loop) {
    return [];
  }
  const setIn = (name: string, value: unknown) =>
    desk.edits.setIn(desk.element, loop, { [name]: value });
  const completion = childOf(loop, "completionCondition");
  return [
    h(ExpressionEntry, {
      id: "collection",
      label: "Once for each item of",
      hint: "A list, such as advisers.",
      desk,
      value: unwrapped(textOf(loop, "camunda:collection")),
      change: (value: string) => setIn("camunda:collection", wrapped(value) || undefined),
      expects: "list",
    }),
    h(TextEntry, {
      id: "element-variable",
      label: "Name of the item",
      hint: "Such as adviser.",
      value: textOf(loop, "camunda:elementVariable"),
      change: (value: string) => setIn("camunda:elementVariable", value || undefined),
    }),
    h(ExpressionEntry, {
      id: "completion",
      label: "Ends early if",
      hint: "Empty: when all are done.",
      desk,
      value: unwrapped(textOf(completion, "body")),
      change: (value: string) =>
        setIn(
          "completionCondition",
          value
            ? desk.edits.create("bpmn:FormalExpression", { body: wrapped(value) }, loop)
            : undefined,
        ),
      expects: "boolean",
    }),
  ];
}

export function repetition(desk: Desk): GroupProps | undefined {
  const loop = childOf(subject(desk), "loopCharacteristics");
  if (!loop?.$instanceOf("bpmn:MultiInstanceLoopCharacteristics")) {
    return undefined;
  }
  return { id: "repetition", label: "Repetition", open: true, content: () => round(desk) };
}
