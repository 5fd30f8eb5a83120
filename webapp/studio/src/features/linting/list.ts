// The problems as a list: why, how to mend, and where.

import { button, make } from "../../dom.ts";
import type { Problem } from "./problems.ts";

export interface Actions {
  readonly select: (element: string) => void;
  readonly showWay: (path: readonly string[]) => void;
  readonly nameOf: (element: string) => string;
}

function entry(problem: Problem, actions: Actions): HTMLElement {
  const where = problem.element ? actions.nameOf(problem.element) : "The whole diagram";
  const kind = problem.isError ? "Error" : "Warning";
  const item = make(
    "li",
    {
      class: `app-problem app-problem--${problem.isError ? "error" : "warning"}`,
      "data-problem-of": problem.element,
    },
    make("h2", { class: "app-problem__where" }, `${kind}: ${where}`),
    make("p", {}, problem.message),
  );
  if (problem.mend) {
    item.append(make("p", {}, make("strong", {}, "How to mend it: "), problem.mend));
  }
  const choices: HTMLElement[] = [];
  const small = { class: "app-studio__button app-studio__button--small" };
  if (problem.element) {
    const name = { ...small, "aria-label": `Go to it: ${where}` };
    choices.push(button("Go to it", () => actions.select(problem.element), name));
  }
  if (problem.path.length > 0) {
    const name = { ...small, "aria-label": `Show the way: ${where}` };
    choices.push(button("Show the way", () => actions.showWay(problem.path), name));
  }
  if (problem.help.startsWith("/")) {
    const link = { class: "govuk-link", href: problem.help, target: "_blank", rel: "noopener" };
    choices.push(make("a", link, `About this rule (${problem.rule}, opens in a new tab)`));
  }
  item.append(make("div", { class: "app-entry__actions" }, ...choices));
  return item;
}

export function list(problems: readonly Problem[], actions: Actions): HTMLElement {
  if (problems.length === 0) {
    return make("p", { class: "app-panel__text" }, "The check finds no problems.");
  }
  const order = [...problems].sort((one, other) => Number(other.isError) - Number(one.isError));
  return make("ul", { class: "app-problems" }, ...order.map((each) => entry(each, actions)));
}
