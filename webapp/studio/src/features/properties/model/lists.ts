// What the server offers for the lists of the panel.

import { records, type Server, text } from "../../../server.ts";

export interface Named {
  readonly code: string;
  readonly name: string;
}

export interface Duty extends Named {
  readonly limit: string;
  readonly kind: string;
  readonly perQualifier: boolean;
}

export interface Setting {
  readonly name: string;
  readonly label: string;
  readonly kind: string;
  readonly required: boolean;
}

export interface Topic extends Named {
  readonly settings: readonly Setting[];
}

export interface Variable extends Named {
  readonly type: string;
  readonly values: readonly string[];
}

export interface Callable extends Named {
  readonly doc: string;
  readonly type: string;
}

export interface Lists {
  readonly roles: readonly (Named & { readonly teams: readonly string[] })[];
  readonly duties: readonly Duty[];
  readonly facts: readonly Named[];
  readonly notices: readonly Named[];
  readonly topics: readonly Topic[];
  readonly processes: readonly Named[];
  readonly decisions: readonly Named[];
  readonly variables: readonly Variable[];
  readonly functions: readonly Callable[];
}

export const NO_LISTS: Lists = {
  roles: [],
  duties: [],
  facts: [],
  notices: [],
  topics: [],
  processes: [],
  decisions: [],
  variables: [],
  functions: [],
};

type Entry = Readonly<Record<string, unknown>>;

function named(entry: Entry): Named {
  return { code: text(entry.code), name: text(entry.name) };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

function topic(entry: Entry): Topic {
  const settings = records(entry.settings).map((each) => ({
    name: text(each.name),
    label: text(each.label),
    kind: text(each.kind),
    required: each.required === true,
  }));
  return { ...named(entry), settings };
}

/** Ask for the lists that fit the diagram as it is drawn. */
export async function askLists(server: Server, xml: string): Promise<Lists> {
  const body = await server.send("POST", "lists", { xml });
  return {
    roles: records(body.roles).map((each) => ({ ...named(each), teams: texts(each.teams) })),
    duties: records(body.duties).map((each) => ({
      ...named(each),
      limit: text(each.limit),
      kind: text(each.kind),
      perQualifier: each.per_qualifier === true,
    })),
    facts: records(body.facts).map(named),
    notices: records(body.notices).map(named),
    topics: records(body.topics).map(topic),
    processes: records(body.processes).map(named),
    decisions: records(body.decisions).map(named),
    variables: records(body.variables).map((each) => ({
      ...named(each),
      type: text(each.type),
      values: texts(each.values),
    })),
    functions: records(body.functions).map((each) => ({
      ...named(each),
      doc: text(each.doc),
      type: text(each.type),
    })),
  };
}
