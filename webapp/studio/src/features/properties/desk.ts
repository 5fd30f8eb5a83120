// What every part of the panel works with: the element shown, its lists, how it is changed.

import type { Server } from "../../server.ts";
import type { Studio } from "../modeler/index.ts";
import { type Moddle, type Shape, textOf } from "../modeler/services.ts";
import { type Edits, property, subjectOf } from "./model/edits.ts";
import type { Lists } from "./model/lists.ts";

export interface Desk {
  readonly studio: Studio;
  readonly server: Server;
  readonly edits: Edits;
  readonly lists: Lists;
  readonly element: Shape;
  /** The diagram as it is drawn. */
  readonly xml: () => Promise<string>;
}

export function subject(desk: Desk): Moddle {
  return subjectOf(desk.element);
}

export function is(desk: Desk, ...types: readonly string[]): boolean {
  return types.some((type) => subject(desk).$instanceOf(type));
}

/** A property of ours, and how it is set. */
export function ours(desk: Desk, name: string) {
  return {
    value: property(subject(desk), name),
    change: (value: string) => desk.edits.setProperty(desk.element, name, value),
  };
}

/** An attribute of the element, and how it is set; "" takes it away. */
export function attribute(desk: Desk, name: string) {
  const owner = subject(desk);
  return {
    value: textOf(owner, name),
    change: (value: string) =>
      desk.edits.setIn(desk.element, owner, { [name]: value === "" ? undefined : value }),
  };
}
