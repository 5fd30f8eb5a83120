// Puts the desk of a decision table together.

import { make } from "./dom.ts";
import { Tables, tableBar } from "./features/decisions/index.ts";
import { watch } from "./features/presence/index.ts";
import { Saving } from "./features/saving/index.ts";
import { Notices } from "./features/saving/notices.ts";
import { saveByKey } from "./keys.ts";
import { Server } from "./server.ts";

export async function openTable(host: HTMLElement): Promise<void> {
  const { studio: address = "", token = "" } = host.dataset;
  const server = new Server(address, token);
  const { xml, revision } = await server.file();
  const status = make("p", { class: "app-studio__status govuk-body-s", role: "status" });
  const notices = make("div", { class: "app-studio__notices" });
  const tabs = make("div", { class: "app-studio__bar", role: "group", "aria-label": "Decisions" });
  const table = make("div", { class: "app-studio__table" });
  const bar = tableBar(() => tables);
  host.replaceChildren(
    notices,
    make("div", { class: "app-studio__head" }, bar, tabs, status),
    table,
  );
  const tables: Tables = new Tables(table, tabs, () => saving.session.changed());
  const saving: Saving = new Saving(server, tables, new Notices(notices), status, revision);
  await tables.load(xml);
  status.textContent = "Everything is saved";
  saving.offerLeftover(xml);
  saveByKey(host, saving);
  watch(server, saving, new Notices(notices));
  host.dataset.studioReady = "true";
}
