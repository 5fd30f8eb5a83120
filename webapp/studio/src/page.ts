// Finds the draft on its page, opens it, and says so where that fails.

import { make } from "./dom.ts";

function apologise(host: HTMLElement, reason: unknown): void {
  const why = reason instanceof Error ? ` The reason: ${reason.message}.` : "";
  const words = `The draft could not be opened here; its file stays as it is.${why} Reload the page to try again, or see what the check says.`;
  host.prepend(make("p", { class: "govuk-body", role: "alert" }, words));
}

export function start(open: (host: HTMLElement) => Promise<void>): void {
  for (const host of document.querySelectorAll<HTMLElement>("[data-studio]")) {
    open(host).catch((reason: unknown) => {
      apologise(host, reason);
      // Thrown again for the console and for tests, which fail on it.
      reportError(reason);
    });
  }
}
