// Saves the diagram as it stands, as a file: BPMN, SVG or PNG.

import type { Studio } from "../modeler/index.ts";
import { asPng } from "./png.ts";

export interface Download {
  readonly text: string;
  readonly act: () => Promise<void>;
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function downloads(studio: Studio, name: string): readonly Download[] {
  return [
    {
      text: "Download as BPMN",
      act: async () => {
        const { xml } = await studio.saveXML({ format: true });
        save(new Blob([xml ?? ""], { type: "application/xml" }), `${name}.bpmn`);
      },
    },
    {
      text: "Download as SVG",
      act: async () => {
        const { svg } = await studio.saveSVG();
        save(new Blob([svg], { type: "image/svg+xml" }), `${name}.svg`);
      },
    },
    {
      text: "Download as PNG",
      act: async () => {
        const { svg } = await studio.saveSVG();
        save(await asPng(svg), `${name}.png`);
      },
    },
  ];
}
