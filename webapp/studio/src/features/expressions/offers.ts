// The names that fit the word at the caret.

import type { Lists } from "../properties/model/lists.ts";

const MOST = 12;

export interface Offer {
  /** What is written. */
  readonly text: string;
  readonly type: string;
  readonly doc: string;
}

export interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The name before a quote or an equals sign, whose values are offered. */
  readonly of: string;
}

/** The word that ends at the caret; a text in quotes is one as well. */
export function wordAt(text: string, caret: number): Word {
  const before = text.slice(0, caret);
  const quoted = /([A-Za-z_]\w*)(\(|\s*[=!]=\s*)["']([^"']*)$/.exec(before);
  if (quoted) {
    const typed = quoted[3] ?? "";
    return { start: caret - typed.length, end: caret, text: typed, of: quoted[1] ?? "" };
  }
  const typed = /[A-Za-z_][\w.]*$/.exec(before)?.[0] ?? "";
  return { start: caret - typed.length, end: caret, text: typed, of: "" };
}

function valuesOf(name: string, lists: Lists): readonly Offer[] {
  if (["due", "due_for", "halfway"].includes(name)) {
    return lists.duties.map((each) => ({ text: each.code, type: each.limit, doc: each.name }));
  }
  if (["due_of", "duty_of"].includes(name)) {
    const kinds = new Set(lists.duties.map((each) => each.kind).filter(Boolean));
    return [...kinds].map((kind) => ({ text: kind, type: "kind", doc: "" }));
  }
  if (["fact", "fact_outcome"].includes(name)) {
    return lists.facts.map((each) => ({ text: each.code, type: "fact", doc: each.name }));
  }
  const variable = lists.variables.find((each) => each.code === name);
  return (variable?.values ?? []).map((value) => ({ text: value, type: "choice", doc: "" }));
}

function names(lists: Lists): readonly Offer[] {
  const variables = lists.variables.map((each) => ({ text: each.code, type: each.type, doc: "" }));
  const functions = lists.functions.map((each) => ({
    text: `${each.code}(`,
    type: each.name,
    doc: each.doc,
  }));
  return [...variables, ...functions];
}

export function offers(word: Word, lists: Lists): readonly Offer[] {
  const found = word.of ? valuesOf(word.of, lists) : names(lists);
  const typed = word.text.toLowerCase();
  const fitting = found.filter(
    (each) => each.text.toLowerCase().includes(typed) || each.doc.toLowerCase().includes(typed),
  );
  const rank = (each: Offer) => (each.text.toLowerCase().startsWith(typed) ? 0 : 1);
  return [...fitting].sort((one, other) => rank(one) - rank(other)).slice(0, MOST);
}
