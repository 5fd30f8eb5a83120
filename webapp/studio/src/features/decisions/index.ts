// Decision tables: dmn-js, a script of its own, since few drafts are one.

import "./decisions.css";
import Modeler from "dmn-js/lib/Modeler";
import { button, make } from "../../dom.ts";
import type { Editor } from "../saving/index.ts";
import { nameHeaders } from "./headers.ts";

/** Opens decision tables. What it saves is DMN 1.3, as it reads. */
export class Tables implements Editor {
  private readonly modeler: Modeler;
  private readonly watched = new WeakSet<object>();

  constructor(
    container: HTMLElement,
    private readonly tabs: HTMLElement,
    private readonly changed: () => void,
  ) {
    this.modeler = new Modeler({ container });
    nameHeaders(container);
    this.modeler.on("views.changed", () => this.show());
  }

  async load(xml: string): Promise<void> {
    await this.modeler.importXML(xml);
    const tables = this.modeler.getViews().filter((view) => view.type !== "drd");
    if (tables.length === 1 && tables[0]) {
      await this.modeler.open(tables[0]);
    }
    this.show();
  }

  async serialise(): Promise<string> {
    return (await this.modeler.saveXML({ format: true })).xml;
  }

  undo(): void {
    this.act("undo");
  }

  redo(): void {
    this.act("redo");
  }

  private act(name: "undo" | "redo"): void {
    const stack = this.modeler.getActiveViewer()?.get("commandStack");
    (stack as Readonly<Record<typeof name, () => void>> | undefined)?.[name]();
  }

  private show(): void {
    const views = this.modeler.getViews();
    const active = this.modeler.getActiveView();
    this.tabs.replaceChildren(
      ...views.map((view) => {
        const words = view.type === "drd" ? "All decisions" : (view.name ?? "Decision");
        const pressed = { "aria-pressed": String(view.element === active?.element) };
        return button(words, () => void this.modeler.open(view), pressed);
      }),
    );
    const viewer = this.modeler.getActiveViewer();
    if (viewer && !this.watched.has(viewer)) {
      this.watched.add(viewer);
      viewer.on("commandStack.changed", () => this.changed());
    }
  }
}

export function tableBar(tables: () => Tables): HTMLElement {
  return make(
    "div",
    { class: "app-studio__bar", role: "group", "aria-label": "Table" },
    button("Undo", () => tables().undo()),
    button("Redo", () => tables().redo()),
  );
}
