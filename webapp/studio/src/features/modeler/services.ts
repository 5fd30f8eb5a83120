// The services of bpmn-js that we use, with their types.

import type Modeling from "bpmn-js/lib/features/modeling/Modeling";
import type { Element } from "bpmn-js/lib/model/Types";
import type CommandStack from "diagram-js/lib/command/CommandStack";
import type Canvas from "diagram-js/lib/core/Canvas";
import type ElementRegistry from "diagram-js/lib/core/ElementRegistry";
import type EventBus from "diagram-js/lib/core/EventBus";
import type EditorActions from "diagram-js/lib/features/editor-actions/EditorActions";
import type Overlays from "diagram-js/lib/features/overlays/Overlays";
import type Palette from "diagram-js/lib/features/palette/Palette";
import type SearchPad from "diagram-js/lib/features/search-pad/SearchPad";
import type Selection from "diagram-js/lib/features/selection/Selection";
import type ZoomScroll from "diagram-js/lib/navigation/zoomscroll/ZoomScroll";

/** An element of the file: what bpmn-js calls a business object. */
export interface Moddle {
  readonly $type: string;
  readonly $attrs?: Readonly<Record<string, unknown>>;
  $parent?: Moddle | undefined;
  $instanceOf(type: string): boolean;
  get(name: string): unknown;
  readonly [name: string]: unknown;
}

export interface Factory {
  create(type: string, attributes?: object): Moddle;
}

export interface Services {
  readonly bpmnFactory: Factory;
  readonly canvas: Canvas;
  readonly commandStack: CommandStack;
  readonly editorActions: EditorActions;
  readonly elementRegistry: ElementRegistry;
  readonly eventBus: EventBus;
  readonly minimap: { open(): void; close(): void; isOpen(): boolean };
  readonly modeling: Modeling;
  readonly moddle: Factory;
  readonly overlays: Overlays;
  readonly palette: Palette;
  readonly searchPad: SearchPad;
  readonly selection: Selection;
  readonly toggleMode: { toggleMode(active?: boolean): void };
  readonly zoomScroll: ZoomScroll;
}

export type Shape = Element;

/** The element of the file that a shape or flow draws. */
export function moddleOf(element: Shape): Moddle {
  return element.businessObject as Moddle;
}

/** A list of elements of the file that a property holds. */
export function listOf(owner: Moddle | undefined, name: string): readonly Moddle[] {
  const found = owner?.get(name);
  return Array.isArray(found) ? (found as Moddle[]) : [];
}

/** An element of the file that a property holds. */
export function childOf(owner: Moddle | undefined, name: string): Moddle | undefined {
  const found = owner?.get(name);
  return typeof found === "object" && found !== null ? (found as Moddle) : undefined;
}

/** The text that a property holds, "" where there is none. */
export function textOf(owner: Moddle | undefined, name: string): string {
  const found = owner?.get(name);
  return found === undefined || found === null ? "" : String(found);
}
