// Who acts: the agency of the lane, another one, or one that an expression names.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";
import { ExpressionEntry } from "../../expressions/index.ts";
import { listOf, type Shape, textOf } from "../../modeler/services.ts";
import { attribute, type Desk, is, ours, subject } from "../desk.ts";
import { CheckEntry } from "../entries/check.ts";
import { ChoiceEntry } from "../entries/choice.ts";
import type { GroupProps } from "../entries/group.ts";
import { unwrapped, wrapped } from "../model/moment.ts";

const BY_EXPRESSION = "${}";

/** The name of the lane that an element stands in, "" where it stands in none. */
function laneOf(desk: Desk): string {
  let found: Shape | undefined = desk.element;
  while (found) {
    const bo = found.businessObject;
    for (const other of desk.studio.get("elementRegistry").filter((x) => x.type === "bpmn:Lane")) {
      if (listOf(other.businessObject, "flowNodeRef").includes(bo)) {
        return textOf(other.businessObject, "name");
      }
    }
    found = found.parent as Shape | undefined;
  }
  return "";
}

function teams(desk: Desk, code: string): string | undefined {
  const found = desk.lists.roles.find((each) => each.code === code || each.name === code);
  return found?.teams.length ? `Teams: ${found.teams.join(", ")}` : undefined;
}

export function agency(desk: Desk): GroupProps | undefined {
  if (!is(desk, "bpmn:UserTask", "bpmn:ManualTask") && subject(desk).$type !== "bpmn:Task") {
    return undefined;
  }
  const groups = attribute(desk, "camunda:candidateGroups");
  const lane = laneOf(desk);
  const byExpression = groups.value.startsWith("${");
  const onBehalf = ours(desk, "on_behalf");
  const content = (): ComponentChild[] => [
    h(ChoiceEntry, {
      id: "agency",
      label: "Agency",
      hint: teams(desk, byExpression ? "" : groups.value || lane),
      value: byExpression ? BY_EXPRESSION : groups.value,
      change: groups.change,
      options: [
        { value: "", text: lane ? `That of the lane: ${lane}` : "That of the lane: none yet" },
        ...desk.lists.roles.map((each) => ({ value: each.code, text: each.name })),
        { value: BY_EXPRESSION, text: "What an expression says" },
      ],
    }),
    byExpression
      ? h(ExpressionEntry, {
          id: "agency-expression",
          label: "Expression for the agency",
          desk,
          value: unwrapped(groups.value),
          change: (value: string) => groups.change(value ? wrapped(value) : BY_EXPRESSION),
          expects: "string",
        })
      : null,
    h(CheckEntry, {
      id: "on-behalf",
      label: "SEN casework may enter what came by post or phone",
      value: onBehalf.value === "yes",
      change: (value: boolean) => onBehalf.change(value ? "yes" : ""),
    }),
  ];
  return { id: "agency", label: "Who acts", open: true, content };
}
