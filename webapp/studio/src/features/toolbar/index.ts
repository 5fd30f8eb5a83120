// The buttons above the canvas.

import { button, make } from "../../dom.ts";
import type { Download } from "../exporting/index.ts";
import { fit } from "../modeler/fit.ts";
import type { Studio } from "../modeler/index.ts";

const ZOOM_STEP = 1;

function toggled(made: HTMLButtonElement, isOn: () => boolean, act: () => void): void {
  made.setAttribute("aria-pressed", String(isOn()));
  made.addEventListener("click", () => {
    act();
    made.setAttribute("aria-pressed", String(isOn()));
  });
}

function toggle(text: string, isOn: () => boolean, act: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", class: "app-studio__button" }, text);
  toggled(made, isOn, act);
  return made;
}

function history(studio: Studio): readonly HTMLButtonElement[] {
  const stack = studio.get("commandStack");
  const undo = button("Undo", () => stack.undo());
  const redo = button("Redo", () => stack.redo());
  const refresh = () => {
    undo.setAttribute("aria-disabled", String(!stack.canUndo()));
    redo.setAttribute("aria-disabled", String(!stack.canRedo()));
  };
  studio.on("commandStack.changed", refresh);
  studio.on("import.done", refresh);
  refresh();
  return [undo, redo];
}

function views(studio: Studio): readonly HTMLButtonElement[] {
  const zoom = studio.get("zoomScroll");
  const minimap = studio.get("minimap");
  return [
    button("+", () => zoom.stepZoom(ZOOM_STEP), { "aria-label": "Zoom in" }),
    button("−", () => zoom.stepZoom(-ZOOM_STEP), { "aria-label": "Zoom out" }),
    button("Fit", () => fit(studio), {
      "aria-label": "Fit the whole diagram",
    }),
    // The click that opens the search would close it, as one beside it, were it not over by then.
    button("Find", () => void window.setTimeout(() => studio.get("searchPad").toggle())),
    toggle(
      "Map",
      () => minimap.isOpen(),
      () => (minimap.isOpen() ? minimap.close() : minimap.open()),
    ),
  ];
}

function simulation(studio: Studio): HTMLButtonElement {
  let active = false;
  studio.get("eventBus").on("tokenSimulation.toggleMode", (event: { active: boolean }) => {
    active = event.active;
  });
  return toggle(
    "Play tokens",
    () => active,
    () => studio.get("toggleMode").toggleMode(),
  );
}

function exporting(found: readonly Download[]): HTMLElement {
  const items = found.map((each) => button(each.text, () => void each.act()));
  return make(
    "details",
    { class: "app-studio__menu" },
    make("summary", { class: "app-studio__button" }, "Download"),
    make("div", { class: "app-studio__menu-items" }, ...items),
  );
}

export function toolbar(
  studio: Studio,
  found: readonly Download[],
  showKeys: () => void,
): HTMLElement {
  return make(
    "div",
    { class: "app-studio__bar", role: "group", "aria-label": "Canvas" },
    ...history(studio),
    ...views(studio),
    simulation(studio),
    exporting(found),
    button("Keys", showKeys),
  );
}
