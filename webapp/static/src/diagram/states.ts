// What a case has done with an element of its diagram, how it differs from another version, or what a
// check says of it; and how that is said without colour.

export const STATES = [
  "done",
  "now",
  "ahead",
  "late",
  "incident",
  "warning",
  "added",
  "removed",
  "changed",
  "moved",
] as const;

export type State = (typeof STATES)[number];

export interface StateSign {
  readonly icon: string;
  readonly text: string;
}

export const SIGNS: Readonly<Record<State, StateSign>> = {
  done: { icon: "✓", text: "Done" },
  now: { icon: "▶", text: "Now" },
  ahead: { icon: "…", text: "Ahead" },
  late: { icon: "!", text: "Late" },
  incident: { icon: "✕", text: "Problem" },
  warning: { icon: "▲", text: "Warning" },
  added: { icon: "+", text: "Added" },
  removed: { icon: "−", text: "Removed" },
  changed: { icon: "≠", text: "Changed" },
  moved: { icon: "→", text: "Moved" },
};

export function isState(value: unknown): value is State {
  return STATES.some((state) => state === value);
}

/** Reads `{"element_id": "done", …}`; refuses anything else, so that a wrong page is noticed. */
export function readStates(json: unknown): ReadonlyMap<string, State> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new TypeError("The states of a diagram are an object from element to state.");
  }
  const states = new Map<string, State>();
  for (const [element, state] of Object.entries(json)) {
    if (!isState(state)) {
      throw new TypeError(`"${String(state)}" is no state of element "${element}".`);
    }
    states.set(element, state);
  }
  return states;
}
