// The studio: opens the draft of the page in the editor of its kind.

import "./studio.css";
import { apologise, open } from "./open.ts";

const host = document.querySelector<HTMLElement>("[data-studio]");
if (host) {
  open(host).catch((reason: unknown) => {
    apologise(host);
    // Thrown again for the console and for tests, which fail on it.
    reportError(reason);
  });
}
