// Points at one element of a diagram: the one that the page's address names (?element=…).

import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type Canvas from "diagram-js/lib/core/Canvas";
import type ElementRegistry from "diagram-js/lib/core/ElementRegistry";
import type Overlays from "diagram-js/lib/features/overlays/Overlays";
import { isConnection } from "diagram-js/lib/util/ModelUtil";

const ZOOM = 0.8;
const POSITION = { bottom: 0, left: 0 };

/** Marks the element by colour, line and word, and brings it into view; unknown ones are passed over. */
export function point(viewer: NavigatedViewer, id: string | null): void {
  const element = id ? viewer.get<ElementRegistry>("elementRegistry").get(id) : undefined;
  if (!id || !element) {
    return;
  }
  const canvas = viewer.get<Canvas>("canvas");
  canvas.addMarker(id, "app-diagram--pointed");
  if (!isConnection(element)) {
    const badge = document.createElement("span");
    badge.className = "app-diagram__badge app-diagram__badge--pointed";
    badge.textContent = "▲ Here";
    viewer.get<Overlays>("overlays").add(id, { position: POSITION, html: badge });
  }
  canvas.zoom(ZOOM);
  canvas.scrollToElement(element, 100);
}
