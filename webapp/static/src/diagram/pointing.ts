// Links of the page that show elements of a diagram:
//   <a href="#id-of-the-diagram" data-shows="element_id another_id">

import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type Canvas from "diagram-js/lib/core/Canvas";
import type ElementRegistry from "diagram-js/lib/core/ElementRegistry";

const MARKER = "app-diagram--pointed";

function known(viewer: NavigatedViewer, ids: readonly string[]): string[] {
  const registry = viewer.get<ElementRegistry>("elementRegistry");
  return ids.filter((id) => registry.get(id));
}

function point(viewer: NavigatedViewer, ids: readonly string[]): void {
  const canvas = viewer.get<Canvas>("canvas");
  const registry = viewer.get<ElementRegistry>("elementRegistry");
  for (const element of registry.getAll()) {
    if (canvas.hasMarker(element.id, MARKER)) {
      canvas.removeMarker(element.id, MARKER);
    }
  }
  for (const id of ids) {
    canvas.addMarker(id, MARKER);
  }
  const first = registry.get(ids.at(-1) ?? "");
  if (first) {
    const root = canvas.findRoot(first);
    if (root) {
      canvas.setRootElement(root);
    }
    canvas.zoom(1);
    canvas.scrollToElement(first, 120);
  }
}

export function followLinks(viewer: NavigatedViewer, host: HTMLElement): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(`a[href="#${host.id}"]`)) {
    const wanted = link.dataset.shows?.split(" ") ?? [];
    link.addEventListener("click", () => {
      const ids = known(viewer, wanted);
      if (ids.length > 0) {
        point(viewer, ids);
      }
    });
  }
}
