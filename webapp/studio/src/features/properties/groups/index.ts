// The groups of the panel, in the order in which they stand.

import type { Desk } from "../desk.ts";
import type { GroupProps } from "../entries/group.ts";
import { agency } from "./agency.ts";
import { called, decision, repetition, script } from "./calls.ts";
import { condition } from "./condition.ts";
import { form } from "./form.ts";
import { details, general, variables } from "./general.ts";
import { law } from "./law.ts";
import { message } from "./message.ts";
import { timer } from "./timer.ts";
import { topic } from "./topic.ts";

const GROUPS = [
  general,
  condition,
  timer,
  message,
  topic,
  called,
  decision,
  script,
  repetition,
  agency,
  form,
  law,
  variables,
  details,
];

export function groupsOf(desk: Desk): readonly GroupProps[] {
  return GROUPS.map((each) => each(desk)).filter((each) => each !== undefined);
}
