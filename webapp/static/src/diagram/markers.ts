// Shows on each element what the case has done with it: colour, line pattern, icon and word.

import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type Canvas from "diagram-js/lib/core/Canvas";
import type ElementRegistry from "diagram-js/lib/core/ElementRegistry";
import type Overlays from "diagram-js/lib/features/overlays/Overlays";
import { isConnection } from "diagram-js/lib/util/ModelUtil";
import { SIGNS, type State } from "./states.ts";

// Half above the element's upper edge, so that the badge hides neither name nor type icon.
const BADGE_POSITION = { top: -14, left: 4 };

export function badge(state: State): HTMLElement {
  const element = document.createElement("span");
  element.className = `app-diagram__badge app-diagram__badge--${state}`;
  const icon = document.createElement("span");
  icon.ariaHidden = "true";
  icon.textContent = SIGNS[state].icon;
  element.append(icon, ` ${SIGNS[state].text}`);
  return element;
}

export function mark(viewer: NavigatedViewer, states: ReadonlyMap<string, State>): void {
  const canvas = viewer.get<Canvas>("canvas");
  const overlays = viewer.get<Overlays>("overlays");
  const registry = viewer.get<ElementRegistry>("elementRegistry");
  for (const [id, state] of states) {
    const element = registry.get(id);
    // A running case may know an element that its diagram draws on another plane, or not at all.
    if (element) {
      canvas.addMarker(id, `app-diagram--${state}`);
      if (state !== "ahead" && !isConnection(element)) {
        overlays.add(id, { position: BADGE_POSITION, html: badge(state) });
      }
    }
  }
}
