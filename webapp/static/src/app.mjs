// Every page loads this: GOV.UK components first, then what only some pages have.
import { initAll } from "govuk-frontend";
import { autosave } from "./autosave.mjs";
import { conditional } from "./conditional.mjs";
import { progress } from "./progress.mjs";

initAll();

if (document.querySelector("select[data-autocomplete]")) {
  const { enhanceSelects } = await import("./autocomplete.mjs");
  enhanceSelects(document);
}

for (const form of document.querySelectorAll("form:has([data-shown-by])")) {
  conditional(form);
}

const drafted = document.querySelector("form[data-autosave]");
if (drafted) {
  autosave(drafted);
}

const running = document.querySelector("[data-progress]");
if (running) {
  progress(running);
}
