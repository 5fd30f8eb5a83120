// Changes of elements by the command stack, so that each can be undone.

import type { Studio } from "../../modeler/index.ts";
import {
  childOf,
  listOf,
  type Moddle,
  moddleOf,
  type Shape,
  textOf,
} from "../../modeler/services.ts";

const PROPERTIES = "camunda:Properties";

/** The process of a pool or of the one pool of a diagram, else the element that a shape draws. */
export function subjectOf(element: Shape): Moddle {
  const drawn = moddleOf(element);
  const pools = drawn.$type === "bpmn:Collaboration" ? listOf(drawn, "participants") : [drawn];
  const process = pools.length === 1 ? childOf(pools[0], "processRef") : undefined;
  return process ?? drawn;
}

export function extension(subject: Moddle, type: string): Moddle | undefined {
  const values = listOf(childOf(subject, "extensionElements"), "values");
  return values.find((each) => each.$type === type);
}

function propertiesOf(subject: Moddle): readonly Moddle[] {
  return listOf(extension(subject, PROPERTIES), "values");
}

/** The text of one of our properties (`camunda:property`), "" where there is none. */
export function property(subject: Moddle, name: string): string {
  const found = propertiesOf(subject).find((each) => textOf(each, "name") === name);
  return textOf(found, "value");
}

/** Name and value of the properties whose name begins so. */
export function propertiesFrom(
  subject: Moddle,
  prefix: string,
): readonly (readonly [string, string])[] {
  return propertiesOf(subject)
    .map((each) => [textOf(each, "name"), textOf(each, "value")] as const)
    .filter(([name]) => name.startsWith(prefix));
}

export class Edits {
  constructor(private readonly studio: Studio) {}

  create(type: string, attributes: object, parent?: Moddle): Moddle {
    const made = this.studio.get("bpmnFactory").create(type, attributes);
    made.$parent = parent;
    return made;
  }

  /** Change attributes of the element itself. */
  set(element: Shape, attributes: object): void {
    this.studio.get("modeling").updateProperties(element, attributes);
  }

  /** Change attributes of something within the element. */
  setIn(element: Shape, owner: Moddle, attributes: object): void {
    this.studio.get("modeling").updateModdleProperties(element, owner, attributes);
  }

  /** Set one of our properties; an empty text takes it away. */
  setProperty(element: Shape, name: string, value: string): void {
    const subject = subjectOf(element);
    const holder = extension(subject, PROPERTIES);
    const values = listOf(holder, "values");
    const found = values.find((each) => textOf(each, "name") === name);
    if (value === textOf(found, "value")) {
      return;
    }
    if (found && value !== "") {
      this.setIn(element, found, { value });
    } else if (found && holder) {
      const rest = values.filter((each) => each !== found);
      this.replaceExtension(element, holder, rest);
    } else if (holder) {
      const made = this.create("camunda:Property", { name, value }, holder);
      this.setIn(element, holder, { values: [...values, made] });
    } else {
      const made = this.create("camunda:Property", { name, value });
      this.addExtension(element, this.create(PROPERTIES, { values: [made] }), [made]);
    }
  }

  /** Name a property otherwise; its value stays. */
  renameProperty(element: Shape, before: string, after: string): void {
    const found = propertiesOf(subjectOf(element)).find((each) => textOf(each, "name") === before);
    if (found && after !== before) {
      this.setIn(element, found, { name: after });
    }
  }

  /** Put an element of our own among the extension elements. */
  addExtension(element: Shape, made: Moddle, children: readonly Moddle[] = []): void {
    const subject = subjectOf(element);
    for (const child of children) {
      child.$parent = made;
    }
    const holder = childOf(subject, "extensionElements");
    if (holder) {
      made.$parent = holder;
      this.setIn(element, holder, { values: [...listOf(holder, "values"), made] });
      return;
    }
    const fresh = this.create("bpmn:ExtensionElements", { values: [made] }, subject);
    made.$parent = fresh;
    this.setIn(element, subject, { extensionElements: fresh });
  }

  private replaceExtension(element: Shape, holder: Moddle, values: readonly Moddle[]): void {
    const all = childOf(subjectOf(element), "extensionElements");
    if (values.length > 0 || !all) {
      this.setIn(element, holder, { values });
      return;
    }
    const others = listOf(all, "values").filter((each) => each !== holder);
    this.setIn(element, all, { values: others });
  }
}
