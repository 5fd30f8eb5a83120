// What the check says of the diagram.

import { records, text } from "../../server.ts";

export interface Problem {
  readonly rule: string;
  readonly isError: boolean;
  readonly element: string;
  readonly message: string;
  readonly mend: string;
  readonly path: readonly string[];
  readonly help: string;
}

export function readProblems(value: unknown): readonly Problem[] {
  return records(value).map((each) => ({
    rule: text(each.rule),
    isError: text(each.severity) === "error",
    element: text(each.element),
    message: text(each.message),
    mend: text(each.mend),
    path: Array.isArray(each.path) ? each.path.map(text) : [],
    help: text(each.help),
  }));
}

/** "2 errors, 1 warning". */
export function counted(problems: readonly Problem[]): string {
  const errors = problems.filter((each) => each.isError).length;
  const warnings = problems.length - errors;
  const parts = [
    errors ? `${errors} ${errors === 1 ? "error" : "errors"}` : "",
    warnings ? `${warnings} ${warnings === 1 ? "warning" : "warnings"}` : "",
  ];
  return parts.filter(Boolean).join(", ") || "No problems";
}
