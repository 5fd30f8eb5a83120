// Buttons to zoom and move a diagram, for all who cannot or will not drag and turn a wheel.

import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type Canvas from "diagram-js/lib/core/Canvas";
import type ZoomScroll from "diagram-js/lib/navigation/zoomscroll/ZoomScroll";

const STEP_PX = 120;

type Action = (viewer: NavigatedViewer) => void;

// Any point makes the canvas centre the drawing; without one it stays in the upper left corner.
const CENTRE = { x: 0, y: 0 };

export function fit(viewer: NavigatedViewer): void {
  viewer.get<Canvas>("canvas").zoom("fit-viewport", CENTRE);
}

function zoom(steps: number): Action {
  return (viewer) => viewer.get<ZoomScroll>("zoomScroll").stepZoom(steps);
}

function move(dx: number, dy: number): Action {
  return (viewer) => {
    viewer.get<Canvas>("canvas").scroll({ dx, dy });
  };
}

const CONTROLS: readonly (readonly [sign: string, label: string, action: Action])[] = [
  ["+", "Zoom in", zoom(1)],
  ["−", "Zoom out", zoom(-1)],
  ["Fit", "Fit the whole diagram", fit],
  ["←", "Move left", move(STEP_PX, 0)],
  ["→", "Move right", move(-STEP_PX, 0)],
  ["↑", "Move up", move(0, STEP_PX)],
  ["↓", "Move down", move(0, -STEP_PX)],
];

export function controls(viewer: NavigatedViewer): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "app-diagram__controls";
  bar.role = "group";
  bar.ariaLabel = "Zoom and move the diagram";
  for (const [sign, label, action] of CONTROLS) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "app-diagram__control";
    button.textContent = sign;
    button.ariaLabel = label;
    button.title = label;
    button.addEventListener("click", () => action(viewer));
    bar.append(button);
  }
  return bar;
}
