// Mend of bpmn-js 18: what a file draws and bpmn-js does not (the shapes of a process outside every
// pool, an edge of nothing) would be missing from what is saved. It is put back where it stood.

import type { Studio } from "./index.ts";
import { childOf, listOf, type Moddle } from "./services.ts";

type Plane = Moddle & { planeElement?: readonly Moddle[] };
type Kept = readonly (readonly [Plane, readonly Moddle[]])[];

function planes(definitions: Moddle | undefined): Kept {
  return listOf(definitions, "diagrams")
    .map((each) => childOf(each, "plane") as Plane | undefined)
    .filter((each) => each !== undefined)
    .map((plane) => [plane, [...listOf(plane, "planeElement")]] as const);
}

export function keepUndrawn(studio: Studio): void {
  let kept: Kept = [];
  studio.on(
    "import.parse.complete",
    ({ definitions }: { readonly definitions: Moddle | undefined }) => {
      kept = planes(definitions);
    },
  );
  studio.on("import.done", () => {
    const registry = studio.get("elementRegistry");
    const drawn = new Set(registry.getAll().map((each) => each.di));
    kept = kept.map(([plane, all]) => [plane, all.filter((each) => !drawn.has(each))] as const);
  });
  // Just before it is written, and after bpmn-js has put all that it draws in order.
  studio.on("saveXML.start", () => {
    for (const [plane, undrawn] of kept) {
      const now = listOf(plane, "planeElement");
      const missing = undrawn.filter((each) => !now.includes(each));
      if (missing.length > 0) {
        plane.planeElement = [...now, ...missing];
      }
    }
  });
}
