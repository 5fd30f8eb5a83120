// Checks what is drawn, some moments after each change, and shows what is found.

import { Refusal, type Server } from "../../server.ts";
import type { Studio } from "../modeler/index.ts";
import { moddleOf, type Shape, textOf } from "../modeler/services.ts";
import type { Tab } from "../panel/index.ts";
import { list } from "./list.ts";
import { Marks } from "./marks.ts";
import { counted, readProblems } from "./problems.ts";

const CHECK_AFTER_MS = 1200;

export function goTo(studio: Studio, id: string): void {
  const found = studio.get("elementRegistry").get(id) as Shape | undefined;
  if (found) {
    studio.get("canvas").scrollToElement(found);
    studio.get("selection").select(found);
  }
}

export function linting(
  studio: Studio,
  server: Server,
  tab: Tab,
  xml: () => Promise<string>,
): void {
  const marks = new Marks(studio, (element) => {
    tab.open();
    const found = [...tab.host.querySelectorAll<HTMLElement>("[data-problem-of]")].find(
      (each) => each.dataset.problemOf === element,
    );
    found?.scrollIntoView({ block: "nearest" });
    found?.querySelector("button")?.focus();
  });
  const actions = {
    select: (element: string) => goTo(studio, element),
    showWay: (path: readonly string[]) => {
      marks.showWay(path);
      goTo(studio, path.at(-1) ?? "");
    },
    nameOf: (id: string) => {
      const found = studio.get("elementRegistry").get(id) as Shape | undefined;
      return (found && textOf(moddleOf(found), "name")) || id;
    },
  };
  let asked = 0;
  let waiting = 0;
  const check = async () => {
    asked += 1;
    const mine = asked;
    const answer = await server.send("POST", "check", { xml: await xml() });
    if (mine !== asked) {
      return; // Something newer was drawn meanwhile.
    }
    const problems = readProblems(answer.problems);
    marks.show(problems);
    tab.host.replaceChildren(list(problems, actions));
    tab.name(`Problems (${problems.length})`, counted(problems));
  };
  const soon = () => {
    marks.showWay([]);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      check().catch((reason: unknown) => {
        if (!(reason instanceof Refusal) || reason.status >= 500) {
          tab.name("Problems", "The check could not be reached");
        }
      });
    }, CHECK_AFTER_MS);
  };
  studio.on("commandStack.changed", soon);
  studio.on("import.done", soon);
  soon();
}
