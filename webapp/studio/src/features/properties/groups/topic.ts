// What a service task does, and what it must be told.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";
import { ExpressionEntry } from "../../expressions/index.ts";
import { textOf } from "../../modeler/services.ts";
import { type Desk, is, ours, subject } from "../desk.ts";
import { CheckEntry } from "../entries/check.ts";
import { ChoiceEntry } from "../entries/choice.ts";
import type { GroupProps } from "../entries/group.ts";
import { TextEntry } from "../entries/text.ts";
import type { Setting } from "../model/lists.ts";
import { dutyOptions } from "./law.ts";

const RECIPIENTS = [
  ["family", "The family"],
  ["setting", "The setting"],
  ["adviser", "The adviser"],
  ["health", "Health"],
  ["social_care", "Social care"],
] as const;

function recipients(desk: Desk, setting: Setting): ComponentChild {
  const { value, change } = ours(desk, setting.name);
  const chosen = value
    .split(";")
    .map((each) => each.trim())
    .filter(Boolean);
  const known = RECIPIENTS.map(([code]): string => code);
  const others = chosen.filter((each) => !known.includes(each));
  const all = [...RECIPIENTS, ...others.map((each) => [each, each] as const)];
  return h(
    "fieldset",
    { class: "app-item" },
    h("legend", { class: "app-item__name" }, setting.label),
    all.map(([code, label]) =>
      h(CheckEntry, {
        id: `recipient-${code}`,
        label,
        value: chosen.includes(code),
        change: (on: boolean) => {
          const kept = all
            .map(([each]): string => each)
            .filter((each) => (each === code ? on : chosen.includes(each)));
          change(kept.join(";"));
        },
      }),
    ),
  );
}

function setting(desk: Desk, each: Setting): ComponentChild {
  const id = `setting-${each.name}`;
  const found = ours(desk, each.name);
  const problem = each.required && found.value === "" ? "This is needed." : undefined;
  const named = { id, label: each.label, problem, ...found };
  if (each.kind === "notice") {
    const notices = desk.lists.notices.map((one) => ({ value: one.code, text: one.name }));
    return h(ChoiceEntry, { ...named, options: [{ value: "", text: "Choose one" }, ...notices] });
  }
  if (each.kind === "duty") {
    return h(ChoiceEntry, { ...named, options: dutyOptions(desk) });
  }
  if (each.kind === "recipients") {
    return recipients(desk, each);
  }
  if (each.kind === "expression") {
    const hint = "A text, or an expression such as ${adviser.code}.";
    return h(ExpressionEntry, { ...named, hint, desk, expects: "any", mixed: true });
  }
  return h(TextEntry, {
    ...named,
    hint: "A text; it may hold expressions such as ${adviser.label}.",
  });
}

export function topic(desk: Desk): GroupProps | undefined {
  if (!is(desk, "bpmn:ServiceTask")) {
    return undefined;
  }
  const owner = subject(desk);
  const code = textOf(owner, "camunda:topic");
  const found = desk.lists.topics.find((each) => each.code === code);
  // Facts and duties have a group of their own, which has what the two share.
  const own = (found?.settings ?? []).filter((each) => !["qualifier", "duty"].includes(each.name));
  return {
    id: "topic",
    label: "What it does",
    open: true,
    content: () => [
      h(ChoiceEntry, {
        id: "topic",
        label: "Service",
        value: code,
        change: (value: string) =>
          desk.edits.setIn(desk.element, owner, {
            "camunda:type": value ? "external" : undefined,
            "camunda:topic": value || undefined,
          }),
        options: [
          { value: "", text: "Choose one" },
          ...desk.lists.topics.map((each) => ({ value: each.code, text: each.name })),
        ],
      }),
      ...own.map((each) => setting(desk, each)),
    ],
  };
}
