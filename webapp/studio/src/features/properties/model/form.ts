// The questions of a form, as the file has them, and their changes.

import { childOf, listOf, type Moddle, type Shape, textOf } from "../../modeler/services.ts";
import { type Edits, extension, subjectOf } from "./edits.ts";

const FORM = "camunda:FormData";

export const FIELD_TYPES: readonly (readonly [string, string])[] = [
  ["string", "One line of text"],
  ["textarea", "Several lines of text"],
  ["long", "Whole number"],
  ["double", "Number"],
  ["boolean", "Yes or no"],
  ["date", "Date"],
  ["enum", "One of several choices"],
  ["checkboxes", "Any of several choices"],
  ["file", "Documents"],
];

export function fieldsOf(subject: Moddle): readonly Moddle[] {
  return listOf(extension(subject, FORM), "fields");
}

export function constraint(field: Moddle, name: string): string | undefined {
  const found = listOf(childOf(field, "validation"), "constraints").find(
    (each) => textOf(each, "name") === name,
  );
  return found && textOf(found, "config");
}

export function isRequired(field: Moddle): boolean {
  return ["true", ""].includes(constraint(field, "required") ?? "false");
}

export function fieldProperty(field: Moddle, name: string): string {
  const found = listOf(childOf(field, "properties"), "values").find((each) =>
    [textOf(each, "id"), textOf(each, "name")].includes(name),
  );
  return textOf(found, "value");
}

function freshId(fields: readonly Moddle[]): string {
  const known = new Set(fields.map((each) => textOf(each, "id")));
  let number = fields.length + 1;
  while (known.has(`question_${number}`)) {
    number += 1;
  }
  return `question_${number}`;
}

export class FormEdits {
  constructor(
    private readonly edits: Edits,
    private readonly element: Shape,
  ) {}

  add(): string {
    const subject = subjectOf(this.element);
    const data = extension(subject, FORM);
    const id = freshId(fieldsOf(subject));
    const field = this.edits.create("camunda:FormField", { id, label: "", type: "string" }, data);
    if (data) {
      this.edits.setIn(this.element, data, { fields: [...fieldsOf(subject), field] });
    } else {
      const made = this.edits.create(FORM, { fields: [field] });
      this.edits.addExtension(this.element, made, [field]);
    }
    return id;
  }

  remove(field: Moddle): void {
    this.write(this.fields().filter((each) => each !== field));
  }

  /** Move a question up (-1) or down (1). */
  move(field: Moddle, by: -1 | 1): void {
    const fields = [...this.fields()];
    const at = fields.indexOf(field);
    const to = at + by;
    if (at >= 0 && to >= 0 && to < fields.length) {
      fields.splice(at, 1);
      fields.splice(to, 0, field);
      this.write(fields);
    }
  }

  set(field: Moddle, attributes: object): void {
    this.edits.setIn(this.element, field, attributes);
  }

  /** Set a constraint; undefined takes it away. */
  setConstraint(field: Moddle, name: string, config: string | undefined): void {
    const holder = childOf(field, "validation");
    const others = listOf(holder, "constraints").filter((each) => textOf(each, "name") !== name);
    const made =
      config === undefined ? [] : [this.edits.create("camunda:Constraint", { name, config })];
    this.setChild(field, "validation", "camunda:Validation", "constraints", [...others, ...made]);
  }

  /** Set a property of a question (`hint`, `shown_if`, `options_from`); "" takes it away. */
  setProperty(field: Moddle, id: string, value: string): void {
    const others = listOf(childOf(field, "properties"), "values").filter(
      (each) => ![textOf(each, "id"), textOf(each, "name")].includes(id),
    );
    const made = value === "" ? [] : [this.edits.create("camunda:Property", { id, value })];
    this.setChild(field, "properties", "camunda:Properties", "values", [...others, ...made]);
  }

  /** Set the choices of a question: code and label of each. */
  setChoices(field: Moddle, choices: readonly (readonly [string, string])[]): void {
    const values = choices.map(([id, name]) =>
      this.edits.create("camunda:Value", { id, name }, field),
    );
    this.set(field, { values });
  }

  private fields(): readonly Moddle[] {
    return fieldsOf(subjectOf(this.element));
  }

  private write(fields: readonly Moddle[]): void {
    const data = extension(subjectOf(this.element), FORM);
    if (data) {
      this.edits.setIn(this.element, data, { fields });
    }
  }

  private setChild(
    field: Moddle,
    name: string,
    type: string,
    list: string,
    values: readonly Moddle[],
  ): void {
    if (values.length === 0) {
      this.set(field, { [name]: undefined });
      return;
    }
    const made = this.edits.create(type, { [list]: values }, field);
    for (const each of values) {
      each.$parent = made;
    }
    this.set(field, { [name]: made });
  }
}
