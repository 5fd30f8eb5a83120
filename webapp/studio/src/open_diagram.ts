// Puts the desk of a draft together: canvas, tools, panel, and what saves it.

import { make } from "./dom.ts";
import { comments } from "./features/comments/index.ts";
import { downloads } from "./features/exporting/index.ts";
import { keysDialogue } from "./features/keyboard/index.ts";
import { goTo, linting } from "./features/linting/index.ts";
import { editor, modeler, name } from "./features/modeler/index.ts";
import { Panel } from "./features/panel/index.ts";
import { watch } from "./features/presence/index.ts";
import { propertiesPanel } from "./features/properties/index.ts";
import { Saving } from "./features/saving/index.ts";
import { Notices } from "./features/saving/notices.ts";
import { toolbar } from "./features/toolbar/index.ts";
import { saveByKey } from "./keys.ts";
import { Server } from "./server.ts";

interface Desk {
  readonly notices: HTMLElement;
  readonly status: HTMLElement;
  readonly canvas: HTMLElement;
  readonly panel: HTMLElement;
}

function desk(host: HTMLElement): Desk {
  const made: Desk = {
    notices: make("div", { class: "app-studio__notices" }),
    status: make("p", { class: "app-studio__status govuk-body-s", role: "status" }, "Opening"),
    canvas: make("div", { class: "app-studio__canvas" }),
    panel: make("section", { class: "app-studio__panel", "aria-label": "Panel" }),
  };
  host.replaceChildren(
    made.notices,
    make("div", { class: "app-studio__head" }, made.status),
    make("div", { class: "app-studio__desk" }, made.canvas, made.panel),
  );
  return made;
}

export async function openDiagram(host: HTMLElement): Promise<void> {
  const { studio: address = "", token = "", name: title = "", key = "" } = host.dataset;
  const server = new Server(address, token);
  const file = server.file();
  const parts = desk(host);
  const notices = new Notices(parts.notices);
  const studio = modeler(parts.canvas);
  const edited = editor(studio);
  const { xml, revision } = await file;
  await edited.load(xml);
  name(parts.canvas, `Diagram of ${title}`);
  const saving = new Saving(server, edited, notices, parts.status, revision);
  studio.on("commandStack.changed", () => saving.session.changed());
  parts.status.before(toolbar(studio, downloads(studio, key), keysDialogue(host)));
  parts.status.textContent = "Everything is saved";
  const panel = new Panel(parts.panel);
  const xmlNow = () => edited.serialise();
  propertiesPanel(panel.add("properties", "Properties").host, studio, server, xmlNow);
  linting(studio, server, panel.add("problems", "Problems"), xmlNow);
  comments(studio, server, panel.add("comments", "Comments"));
  saving.offerLeftover(xml);
  saveByKey(host, saving);
  watch(server, saving, notices);
  goTo(studio, new URLSearchParams(window.location.search).get("element") ?? "");
  host.dataset.studioReady = "true";
}
