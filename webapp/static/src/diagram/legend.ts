// The list below a diagram that says what its signs mean; only those that appear.

import { badge } from "./markers.ts";
import { STATES, type State } from "./states.ts";

export function legend(states: ReadonlyMap<string, State>): HTMLElement {
  const used = new Set(states.values());
  const list = document.createElement("ul");
  list.className = "app-diagram__legend";
  list.ariaLabel = "Signs in the diagram";
  for (const state of STATES.filter((each) => used.has(each))) {
    const item = document.createElement("li");
    item.append(badge(state));
    list.append(item);
  }
  return list;
}
