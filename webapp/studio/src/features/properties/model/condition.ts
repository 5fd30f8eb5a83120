// Conditions of flows: one answer of a form, or an expression.

import { unwrapped } from "./moment.ts";

export interface Condition {
  readonly name: string;
  readonly operator: "==" | "!=";
  readonly value: string;
}

/** Read `name == "value"`; undefined where it says more. */
export function readCondition(written: string): Condition | undefined {
  const found = /^([a-z_][a-z0-9_]*)\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)'|(true|false))$/.exec(
    unwrapped(written),
  );
  if (!found) {
    return undefined;
  }
  return {
    name: found[1] ?? "",
    operator: found[2] as "==" | "!=",
    value: found[3] ?? found[4] ?? found[5] ?? "",
  };
}

export function writeCondition(condition: Condition, isBoolean: boolean): string {
  const value = isBoolean ? condition.value : `"${condition.value}"`;
  return `\${${condition.name} ${condition.operator} ${value}}`;
}
