// The canvas: bpmn-js with what it needs for our dialect.

import Modeler from "bpmn-js/lib/Modeler";
import { CreateAppendAnythingModule } from "bpmn-js-create-append-anything";
import simulation from "bpmn-js-token-simulation/lib/modeler";
import camunda from "camunda-bpmn-moddle/resources/camunda.json";
import minimap from "diagram-js-minimap";
import { clipboard } from "../clipboard/index.ts";
import { palette } from "../palette/index.ts";
import type { Editor } from "../saving/index.ts";
import { fit } from "./fit.ts";
import { freed } from "./prefixes.ts";
import type { Services } from "./services.ts";
import { keepUndrawn } from "./undrawn.ts";

export type Studio = Modeler<Services>;

export function modeler(container: HTMLElement): Studio {
  const studio = new Modeler<Services>({
    container,
    moddleExtensions: { camunda },
    additionalModules: [CreateAppendAnythingModule, minimap, simulation, clipboard, palette],
  });
  keepUndrawn(studio);
  return studio;
}

/** Let the canvas say what it is to those who do not see it. */
export function name(container: HTMLElement, words: string): void {
  const svg = container.querySelector("svg");
  svg?.setAttribute("role", "application");
  svg?.setAttribute("aria-label", words);
}

export function editor(studio: Studio): Editor {
  return {
    load: async (xml) => {
      await studio.importXML(freed(xml));
      fit(studio);
    },
    serialise: async () => {
      const { xml, error } = await studio.saveXML({ format: true });
      if (xml === undefined) {
        throw error ?? new Error("The diagram could not be written.");
      }
      return xml;
    },
  };
}
