// Writes beside each tool of the palette what it is.

import type EventBus from "diagram-js/lib/core/EventBus";

const NAMES: ReadonlyMap<string, string> = new Map([
  ["hand-tool", "Move"],
  ["lasso-tool", "Select"],
  ["space-tool", "Space"],
  ["global-connect-tool", "Connect"],
  ["create.start-event", "Start"],
  ["create.intermediate-event", "Event"],
  ["create.end-event", "End"],
  ["create.exclusive-gateway", "Question"],
  ["create.task", "Task"],
  ["create.data-object", "Data"],
  ["create.data-store", "Store"],
  ["create.subprocess-expanded", "Group"],
  ["create.participant-expanded", "Pool"],
  ["create.group", "Frame"],
  ["create", "More"],
]);

// The engine does not run these; the menu “More” still has everything that BPMN knows.
const LEFT_OUT: ReadonlySet<string> = new Set(["create.data-store", "create.data-object"]);

export class PaletteNames {
  static readonly $inject = ["eventBus", "canvas"];

  constructor(eventBus: EventBus, canvas: { getContainer(): HTMLElement }) {
    eventBus.on("palette.changed", () => this.write(canvas.getContainer()));
  }

  private write(container: HTMLElement): void {
    for (const tool of container.querySelectorAll<HTMLElement>(".djs-palette .entry")) {
      const action = tool.dataset.action ?? "";
      const name = NAMES.get(action);
      if (LEFT_OUT.has(action)) {
        tool.hidden = true;
      } else if (name !== undefined && tool.querySelector(".app-studio__tool") === null) {
        this.name(tool, name);
      }
    }
  }

  private name(tool: HTMLElement, name: string): void {
    const label = document.createElement("span");
    label.className = "app-studio__tool";
    label.textContent = name;
    tool.append(label);
    tool.tabIndex = 0;
    tool.setAttribute("role", "button");
    tool.setAttribute("aria-label", name);
    tool.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        tool.click();
      }
    });
  }
}
