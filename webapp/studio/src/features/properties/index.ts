// The properties panel: follows the selection, and is drawn again after each change.

import { PropertiesPanel } from "@bpmn-io/properties-panel";
import { h, render } from "@bpmn-io/properties-panel/preact";
import type { Server } from "../../server.ts";
import type { Studio } from "../modeler/index.ts";
import { type Shape, textOf } from "../modeler/services.ts";
import type { Desk } from "./desk.ts";
import { Group } from "./entries/group.ts";
import { groupsOf } from "./groups/index.ts";
import { kindOf } from "./kinds.ts";
import { Edits, subjectOf } from "./model/edits.ts";
import { askLists, type Lists, NO_LISTS } from "./model/lists.ts";

const ASK_AFTER_MS = 1500;

export interface Panel {
  refresh(): void;
}

export function propertiesPanel(
  host: HTMLElement,
  studio: Studio,
  server: Server,
  xml: () => Promise<string>,
): Panel {
  const edits = new Edits(studio);
  let lists: Lists = NO_LISTS;
  let element: Shape | undefined;
  let waiting = 0;
  let asking = 0;

  const draw = () => {
    waiting = 0;
    const shown = element ?? (studio.get("canvas").getRootElement() as Shape);
    const desk: Desk = { studio, server, edits, lists, xml, element: shown };
    const drawn = subjectOf(shown);
    const groups = groupsOf(desk).map((each) => ({ ...each, component: Group }));
    const heading = textOf(drawn, "name") || textOf(drawn, "id");
    render(
      [
        h(
          "h2",
          { class: "app-panel__heading" },
          h("span", { class: "app-panel__kind" }, kindOf(drawn)),
          " ",
          heading,
        ),
        h(PropertiesPanel, {
          key: shown.id,
          element: shown,
          groups,
          eventBus: studio.get("eventBus"),
        }),
      ],
      host,
    );
  };
  const refresh = () => {
    if (waiting === 0) {
      waiting = window.requestAnimationFrame(draw);
    }
  };
  const ask = async () => {
    lists = await askLists(server, await xml());
    refresh();
  };
  const askSoon = () => {
    window.clearTimeout(asking);
    // What is half drawn may be refused: the lists then stay as they were.
    asking = window.setTimeout(() => void ask().catch(() => undefined), ASK_AFTER_MS);
  };
  studio.on("selection.changed", ({ newSelection }: { newSelection: readonly Shape[] }) => {
    const chosen = newSelection.length === 1 ? newSelection[0] : undefined;
    element = chosen && ((chosen as { labelTarget?: Shape }).labelTarget ?? chosen);
    refresh();
  });
  studio.on("commandStack.changed", () => {
    refresh();
    askSoon();
  });
  studio.on("import.done", () => {
    element = undefined;
    refresh();
    askSoon();
  });
  studio.on("root.set", () => {
    element = undefined;
    refresh();
  });
  studio.on("studio.refresh", refresh);
  studio.on("tokenSimulation.toggleMode", ({ active }: { active: boolean }) => {
    host.inert = active; // Nothing can be changed while tokens are played.
  });
  refresh();
  ask().catch(() => undefined);
  return { refresh };
}
