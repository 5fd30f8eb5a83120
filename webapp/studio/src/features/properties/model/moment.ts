// Moments of a timer in words that people choose, to CEL and back.

export type Unit = "D" | "W" | "M" | "Y";

export const UNITS: readonly (readonly [Unit, string])[] = [
  ["D", "days"],
  ["W", "weeks"],
  ["M", "months"],
  ["Y", "years"],
];

/** What a moment is reckoned from. `code`: of the duty, kind or fact, or the variable's name. */
export interface Anchor {
  readonly kind: "duty" | "duty_kind" | "fact" | "variable" | "today" | "school_leaving";
  readonly code: string;
  readonly qualifier: string;
}

export interface Moment {
  readonly way: "on" | "before" | "after" | "halfway" | "expression";
  readonly anchor: Anchor;
  readonly count: number;
  readonly unit: Unit;
  readonly text: string;
}

export const NO_ANCHOR: Anchor = { kind: "duty", code: "", qualifier: "" };
export const NO_MOMENT: Moment = { way: "on", anchor: NO_ANCHOR, count: 1, unit: "W", text: "" };

const ANCHORS: readonly (readonly [RegExp, Anchor["kind"]])[] = [
  [/^due\('([^']+)'\)$/, "duty"],
  [/^due_for\('([^']+)',\s*(.+)\)$/, "duty"],
  [/^due_of\('([^']+)'\)$/, "duty_kind"],
  [/^fact\('([^']+)'\)$/, "fact"],
  [/^today\(\)$/, "today"],
  [/^school_leaving_date\(\)$/, "school_leaving"],
  [/^([a-z_][a-z0-9_]*)$/, "variable"],
];

function readAnchor(text: string): Anchor | undefined {
  for (const [pattern, kind] of ANCHORS) {
    const found = pattern.exec(text.trim());
    if (found) {
      return { kind, code: found[1] ?? "", qualifier: found[2] ?? "" };
    }
  }
  return undefined;
}

function writeAnchor(anchor: Anchor): string {
  switch (anchor.kind) {
    case "duty":
      return anchor.qualifier
        ? `due_for('${anchor.code}', ${anchor.qualifier})`
        : `due('${anchor.code}')`;
    case "duty_kind":
      return `due_of('${anchor.code}')`;
    case "fact":
      return `fact('${anchor.code}')`;
    case "today":
      return "today()";
    case "school_leaving":
      return "school_leaving_date()";
    default:
      return anchor.code;
  }
}

/** Take the expression out of `${…}`. */
export function unwrapped(text: string): string {
  const plain = text.trim();
  return plain.startsWith("${") && plain.endsWith("}") ? plain.slice(2, -1).trim() : plain;
}

export function wrapped(text: string): string {
  return text.trim() === "" ? "" : `\${${text.trim()}}`;
}

/** Read a moment from what a timer says; what has no other words is an expression. */
export function readMoment(written: string): Moment {
  const text = unwrapped(written);
  if (text === "") {
    return NO_MOMENT;
  }
  const half = /^halfway\('([^']+)',\s*(.+)\)$/.exec(text);
  if (half) {
    const qualifier = half[2] === "''" || half[2] === '""' ? "" : (half[2] ?? "");
    const anchor: Anchor = { kind: "duty", code: half[1] ?? "", qualifier };
    return { ...NO_MOMENT, way: "halfway", anchor, text };
  }
  const shifted = /^(before|after)\((.+),\s*'P(\d+)([DWMY])'\)$/.exec(text);
  const anchor = readAnchor(shifted?.[2] ?? text);
  if (!anchor) {
    return { ...NO_MOMENT, way: "expression", text };
  }
  if (!shifted) {
    return { ...NO_MOMENT, anchor, text };
  }
  return {
    way: shifted[1] as "before" | "after",
    anchor,
    count: Number(shifted[3]),
    unit: shifted[4] as Unit,
    text,
  };
}

/** Write a moment as CEL, without `${…}`; "" while something is still to be chosen. */
export function writeMoment(moment: Moment): string {
  const { way, anchor } = moment;
  if (way === "expression") {
    return moment.text;
  }
  const needsCode = !["today", "school_leaving"].includes(anchor.kind);
  if (needsCode && anchor.code === "") {
    return "";
  }
  if (way === "halfway") {
    return `halfway('${anchor.code}', ${anchor.qualifier || "''"})`;
  }
  if (way === "on") {
    return writeAnchor(anchor);
  }
  return `${way}(${writeAnchor(anchor)}, 'P${moment.count}${moment.unit}')`;
}

export interface Period {
  readonly count: number;
  readonly unit: Unit;
}

/** Read a period of one unit, such as `P2W`. */
export function readPeriod(text: string): Period | undefined {
  const found = /^P(\d+)([DWMY])$/.exec(text.trim());
  return found ? { count: Number(found[1]), unit: found[2] as Unit } : undefined;
}

export interface Cycle {
  readonly rounds: string;
  readonly start: string;
  readonly period: string;
}

/** Read `R3/${start}/P1W`; a slash within `${…}` parts nothing. */
export function readCycle(text: string): Cycle {
  const parts = text.trim().split(/\/(?![^{]*\})/);
  const rounds = (parts[0] ?? "R").replace(/^R/, "");
  return parts.length > 2
    ? { rounds, start: parts[1] ?? "", period: parts[2] ?? "" }
    : { rounds, start: "", period: parts[1] ?? "" };
}

export function writeCycle(cycle: Cycle): string {
  const start = cycle.start ? `${cycle.start}/` : "";
  return `R${cycle.rounds}/${start}${cycle.period}`;
}
