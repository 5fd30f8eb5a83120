// Name, id and notes of any element; key and variables of a process.

import { h } from "@bpmn-io/properties-panel/preact";
import { listOf, textOf } from "../../modeler/services.ts";
import { attribute, type Desk, is, subject } from "../desk.ts";
import { actions } from "../entries/actions.ts";
import { CheckEntry } from "../entries/check.ts";
import { ChoiceEntry } from "../entries/choice.ts";
import type { GroupProps } from "../entries/group.ts";
import { TextEntry } from "../entries/text.ts";
import { propertiesFrom } from "../model/edits.ts";

const TYPES = ["string", "integer", "number", "boolean", "date", "list", "map", "any"];
const PREFIX = "variable.";

function idProblem(desk: Desk, value: string): string {
  if (!/^[A-Za-z_][\w.-]*$/.test(value)) {
    return "An id begins with a letter and has letters, digits and underscores only.";
  }
  const other = desk.studio.get("elementRegistry").get(value);
  const taken = other && other !== desk.element && textOf(subject(desk), "id") !== value;
  return taken ? "Another element has this id." : "";
}

function notes(desk: Desk) {
  const owner = subject(desk);
  const found = listOf(owner, "documentation")[0];
  return {
    value: textOf(found, "text"),
    change: (text: string) => {
      const made = text ? [desk.edits.create("bpmn:Documentation", { text }, owner)] : [];
      desk.edits.setIn(desk.element, owner, { documentation: made });
    },
  };
}

export function general(desk: Desk): GroupProps {
  const name = attribute(desk, "name");
  return {
    id: "general",
    label: "General",
    open: true,
    content: () => [
      is(desk, "bpmn:Lane")
        ? h(ChoiceEntry, {
            id: "lane-name",
            label: "Agency",
            hint: "Every step in this lane is for this agency.",
            value: name.value,
            change: (value: string) => desk.edits.set(desk.element, { name: value }),
            options: [
              { value: "", text: "Choose one" },
              ...desk.lists.roles.map((each) => ({ value: each.name, text: each.name })),
            ],
          })
        : null,
      h(TextEntry, {
        id: "name",
        label: "Name",
        value: name.value,
        change: (value: string) =>
          is(desk, "bpmn:Process") || is(desk, "bpmn:Collaboration")
            ? name.change(value)
            : desk.edits.set(desk.element, { name: value }),
        rows: 2,
      }),
      is(desk, "bpmn:Process")
        ? h(CheckEntry, {
            id: "executable",
            label: "It can be run",
            value: subject(desk).get("isExecutable") === true,
            change: (value: boolean) =>
              desk.edits.setIn(desk.element, subject(desk), { isExecutable: value }),
          })
        : null,
    ],
  };
}

/** What it is called in the file, and what is noted about it. */
export function details(desk: Desk): GroupProps {
  const id = attribute(desk, "id");
  return {
    id: "details",
    label: "Id and notes",
    content: () => [
      h(TextEntry, {
        id: "id",
        label: "Id",
        hint: "What it is for the business, such as decide_to_assess.",
        value: id.value,
        change: (value: string) =>
          subject(desk) === desk.element.businessObject
            ? desk.edits.set(desk.element, { id: value })
            : id.change(value),
        validate: (value: string) => idProblem(desk, value),
      }),
      h(TextEntry, { id: "notes", label: "Notes", rows: 2, ...notes(desk) }),
    ],
  };
}

/** Variables that no form brings. */
export function variables(desk: Desk): GroupProps | undefined {
  if (!is(desk, "bpmn:Process")) {
    return undefined;
  }
  const found = propertiesFrom(subject(desk), PREFIX);
  const { edits, element } = desk;
  return {
    id: "variables",
    label: `Variables (${found.length})`,
    content: () => [
      h("p", { class: "app-entry__hint" }, "Names that messages, services or callers bring."),
      ...found.map(([name, type], index) =>
        h(
          "fieldset",
          { class: "app-item", key: index },
          h("legend", { class: "app-item__name" }, name.slice(PREFIX.length)),
          h(TextEntry, {
            id: `variable-${index}-name`,
            label: "Name",
            value: name.slice(PREFIX.length),
            change: (value: string) => edits.renameProperty(element, name, PREFIX + value),
            validate: (value: string) =>
              /^[a-z_][a-z0-9_]*$/.test(value) ? "" : "Use small letters, digits and underscores.",
          }),
          h(ChoiceEntry, {
            id: `variable-${index}-type`,
            label: "Type",
            value: type,
            change: (value: string) => edits.setProperty(element, name, value),
            options: TYPES.map((each) => ({ value: each, text: each })),
          }),
          actions([
            {
              text: "Remove",
              name: `Remove ${name.slice(PREFIX.length)}`,
              act: () => edits.setProperty(element, name, ""),
            },
          ]),
        ),
      ),
      actions([
        {
          text: "Add a variable",
          act: () => edits.setProperty(element, `${PREFIX}name_${found.length + 1}`, "any"),
        },
      ]),
    ],
  };
}
