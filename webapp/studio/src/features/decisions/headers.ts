// Names the columns of a table that dmn-js leaves without words.

import { make } from "../../dom.ts";

function name(container: HTMLElement): void {
  for (const each of container.querySelectorAll("th.index-column:empty")) {
    each.append(make("span", { class: "govuk-visually-hidden" }, "Number of the rule"));
  }
}

export function nameHeaders(container: HTMLElement): void {
  new MutationObserver(() => name(container)).observe(container, {
    childList: true,
    subtree: true,
  });
}
