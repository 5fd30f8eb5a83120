// Says who else has the draft open, and when somebody saved a newer revision.

import { records, type Server, text } from "../../server.ts";
import type { Saving } from "../saving/index.ts";
import type { Notices } from "../saving/notices.ts";

const EVERY_MS = 30_000;

function sentence(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  if (names.length === 1) {
    return `${last} also has this draft open.`;
  }
  return `${names.slice(0, -1).join(", ")} and ${last} also have this draft open.`;
}

async function look(server: Server, saving: Saving, notices: Notices): Promise<void> {
  const found = await server.send("POST", "here", {});
  const names = records(found.others).map((each) => text(each.name));
  if (names.length > 0) {
    notices.show("others", sentence(names));
  } else {
    notices.clear("others");
  }
  const newer = typeof found.revision === "number" && found.revision > saving.session.revision;
  if (newer && !saving.session.changedSince()) {
    notices.show("newer", "A colleague has saved a newer version of this draft.", [
      { text: "Load it", act: () => saving.loadTheirs() },
    ]);
  }
}

export function watch(server: Server, saving: Saving, notices: Notices): void {
  const round = () => {
    if (document.visibilityState === "visible") {
      // Who else is here is a courtesy: saving says by itself when the server cannot be reached.
      look(server, saving, notices).catch(() => undefined);
    }
  };
  round();
  window.setInterval(round, EVERY_MS);
}
