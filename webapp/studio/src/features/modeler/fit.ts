// Shows the whole diagram beside the palette, which lies on the canvas.

import type { Studio } from "./index.ts";

const LEFT = 90; // pixels, for the palette
const MARGIN = 20;

export function fit(studio: Studio): void {
  const canvas = studio.get("canvas");
  canvas.resized();
  const { inner, outer } = canvas.viewbox();
  const across = (outer.width - LEFT - MARGIN) / Math.max(inner.width, 1);
  const down = (outer.height - 2 * MARGIN) / Math.max(inner.height, 1);
  const scale = Math.max(Math.min(across, down, 1), 0.2);
  canvas.viewbox({
    x: inner.x - LEFT / scale,
    y: inner.y - MARGIN / scale,
    width: outer.width / scale,
    height: outer.height / scale,
  });
}
