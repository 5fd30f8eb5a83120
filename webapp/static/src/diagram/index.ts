// Shows every diagram of the page:
//   <div class="app-diagram" data-diagram data-diagram-url="…" data-diagram-label="…"
//        data-diagram-state-url="…" or data-diagram-state="id of a JSON script element"></div>
// The states are {"element_id": "done"}, or another of states.ts. With data-diagram-download="name" it can be
// taken away as a picture; links with data-shows point at its elements.

import "./diagram.css";
import { apologise, show } from "./show.ts";

for (const host of document.querySelectorAll<HTMLElement>("[data-diagram]")) {
  show(host).catch((reason: unknown) => {
    apologise(host);
    // Thrown again for the console and for tests, which fail on it.
    reportError(reason);
  });
}
