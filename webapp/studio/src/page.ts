// Finds the draft on its page, opens it, and says so where that fails.

import { make } from "./dom.ts";

function apologise(host: HTMLElement): void {
  const words = "The draft could not be opened here. Reload the page to try again.";
  host.prepend(make("p", { class: "govuk-body", role: "alert" }, words));
}

export function start(open: (host: HTMLElement) => Promise<void>): void {
  for (const host of document.querySelectorAll<HTMLElement>("[data-studio]")) {
    open(host).catch((reason: unknown) => {
      apologise(host);
      // Thrown again for the console and for tests, which fail on it.
      reportError(reason);
    });
  }
}
