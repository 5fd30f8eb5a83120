// Which message is waited for or sent, what it carries, and how the case page offers it.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";
import { ExpressionEntry } from "../../expressions/index.ts";
import { childOf, listOf, type Moddle, textOf } from "../../modeler/services.ts";
import { type Desk, is, ours, subject } from "../desk.ts";
import { actions } from "../entries/actions.ts";
import { ChoiceEntry } from "../entries/choice.ts";
import type { GroupProps } from "../entries/group.ts";
import { TextEntry } from "../entries/text.ts";
import { propertiesFrom } from "../model/edits.ts";

const PAYLOAD = "payload.";

function holder(desk: Desk): Moddle | undefined {
  const owner = subject(desk);
  if (is(desk, "bpmn:ReceiveTask", "bpmn:SendTask")) {
    return owner;
  }
  return listOf(owner, "eventDefinitions").find((each) =>
    each.$instanceOf("bpmn:MessageEventDefinition"),
  );
}

function definitions(desk: Desk): Moddle | undefined {
  let found: Moddle | undefined = subject(desk);
  while (found && !found.$instanceOf("bpmn:Definitions")) {
    found = found.$parent;
  }
  return found;
}

function which(desk: Desk, owner: Moddle): ComponentChild[] {
  const root = definitions(desk);
  const all = listOf(root, "rootElements");
  const messages = all.filter((each) => each.$type === "bpmn:Message");
  const chosen = childOf(owner, "messageRef");
  const choose = (message: Moddle | undefined) =>
    desk.edits.setIn(desk.element, owner, { messageRef: message });
  const add = () => {
    if (!root) {
      return;
    }
    const id = `message_${messages.length + 1}_${Date.now().toString(36)}`;
    const made = desk.edits.create("bpmn:Message", { id, name: "new_message" }, root);
    desk.edits.setIn(desk.element, root, { rootElements: [...all, made] });
    choose(made);
  };
  return [
    h(ChoiceEntry, {
      id: "message",
      label: "Message",
      value: textOf(chosen, "id"),
      change: (value: string) => choose(messages.find((each) => textOf(each, "id") === value)),
      options: [
        { value: "", text: "Choose one" },
        ...messages.map((each) => ({ value: textOf(each, "id"), text: textOf(each, "name") })),
      ],
    }),
    chosen
      ? h(TextEntry, {
          id: "message-name",
          label: "Name of the message",
          hint: "The same in every process that sends it or waits for it.",
          value: textOf(chosen, "name"),
          change: (name: string) => desk.edits.setIn(desk.element, chosen, { name }),
        })
      : null,
    actions([{ text: "New message", act: add }]),
  ];
}

function payload(desk: Desk): ComponentChild[] {
  const found = propertiesFrom(subject(desk), PAYLOAD);
  const { edits, element } = desk;
  return [
    ...found.map(([name, value], index) => {
      const plain = name.slice(PAYLOAD.length);
      return h(
        "fieldset",
        { class: "app-item", key: index },
        h("legend", { class: "app-item__name" }, plain),
        h(TextEntry, {
          id: `payload-${index}-name`,
          label: "Name",
          value: plain,
          change: (changed: string) => edits.renameProperty(element, name, PAYLOAD + changed),
        }),
        h(ExpressionEntry, {
          id: `payload-${index}-value`,
          label: "Value",
          hint: "A text, or an expression such as ${review}.",
          desk,
          value,
          change: (changed: string) => edits.setProperty(element, name, changed),
          expects: "any",
          mixed: true,
        }),
        actions([
          {
            text: "Remove",
            name: `Remove ${plain}`,
            act: () => edits.setProperty(element, name, ""),
          },
        ]),
      );
    }),
    actions([
      {
        text: "Let it carry a value",
        act: () => edits.setProperty(element, `${PAYLOAD}name_${found.length + 1}`, "text"),
      },
    ]),
  ];
}

export function message(desk: Desk): GroupProps | undefined {
  const owner = holder(desk);
  if (!owner) {
    return undefined;
  }
  const sends = is(desk, "bpmn:ThrowEvent", "bpmn:SendTask");
  return {
    id: "message",
    label: "Message",
    open: true,
    content: () => [
      ...which(desk, owner),
      ...(sends ? payload(desk) : []),
      sends
        ? null
        : h(TextEntry, {
            id: "action",
            label: "Words by which the case page offers it",
            hint: "Empty: people do not start it from the case page.",
            ...ours(desk, "action"),
          }),
      h(TextEntry, {
        id: "correlate",
        label: "Which message is meant",
        hint: "Such as adviser = adviser.code. Empty: any of that name.",
        ...ours(desk, "correlate"),
      }),
    ],
  };
}
