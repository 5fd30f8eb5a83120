// Marks the elements that have problems, and the way by which a case gets to one.

import { make } from "../../dom.ts";
import type { Studio } from "../modeler/index.ts";
import { counted, type Problem } from "./problems.ts";

const MARK = "studio-problem";
const WAY = "app-studio-way";

export class Marks {
  private way: readonly string[] = [];

  constructor(
    private readonly studio: Studio,
    private readonly open: (element: string) => void,
  ) {}

  show(problems: readonly Problem[]): void {
    const overlays = this.studio.get("overlays");
    overlays.remove({ type: MARK });
    const byElement = new Map<string, Problem[]>();
    for (const each of problems) {
      byElement.set(each.element, [...(byElement.get(each.element) ?? []), each]);
    }
    for (const [element, found] of byElement) {
      if (this.studio.get("elementRegistry").get(element)) {
        overlays.add(element, MARK, {
          position: { top: -12, left: -12 },
          html: this.mark(element, found),
        });
      }
    }
  }

  /** Draw the way by which a case gets to a problem; none takes it away. */
  showWay(path: readonly string[]): void {
    const canvas = this.studio.get("canvas");
    for (const each of this.way) {
      canvas.removeMarker(each, WAY);
    }
    const registry = this.studio.get("elementRegistry");
    this.way = path.filter((each) => registry.get(each));
    for (const each of this.way) {
      canvas.addMarker(each, WAY);
    }
  }

  private mark(element: string, found: readonly Problem[]): HTMLElement {
    const isError = found.some((each) => each.isError);
    const sign = isError ? "✕" : "!";
    const made = make(
      "button",
      {
        type: "button",
        class: `app-mark ${isError ? "app-mark--error" : "app-mark--warning"}`,
        "aria-label": `${sign} ${found.length}: ${counted(found)} of ${element}`,
        title: found.map((each) => each.message).join("\n"),
      },
      `${sign} ${found.length}`,
    );
    made.addEventListener("click", () => this.open(element));
    return made;
  }
}
