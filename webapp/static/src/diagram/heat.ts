// Shows on each element what waits there: a number with its words, and a shade, width and dashes.

import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type Canvas from "diagram-js/lib/core/Canvas";
import type ElementRegistry from "diagram-js/lib/core/ElementRegistry";
import type Overlays from "diagram-js/lib/features/overlays/Overlays";

export interface Warmth {
  /** 0 (nothing waits) to 4 (most). */
  readonly level: number;
  readonly text: string;
  readonly label: string;
  /** The list behind the number, or "". */
  readonly href: string;
}

// Above the element and at its right edge; a badge stays readable where the diagram is small.
const POSITION = { top: -14, left: 4 };
const READABLE = { min: 0.7 };
const WORDS = ["Failed only", "Least", "Less", "More", "Most"];

function isWarmth(value: unknown): value is Warmth {
  return (
    typeof value === "object" &&
    value !== null &&
    "level" in value &&
    typeof value.level === "number" &&
    "text" in value &&
    typeof value.text === "string" &&
    "label" in value &&
    typeof value.label === "string" &&
    "href" in value &&
    typeof value.href === "string"
  );
}

/** Reads the script that `data-diagram-heat` names; none where it names none. */
export function readHeat(host: HTMLElement): ReadonlyMap<string, Warmth> {
  const { diagramHeat: id } = host.dataset;
  const found = new Map<string, Warmth>();
  if (!id) {
    return found;
  }
  const json: unknown = JSON.parse(document.getElementById(id)?.textContent ?? "{}");
  for (const [element, value] of Object.entries(json ?? {})) {
    if (!isWarmth(value)) {
      throw new TypeError(`What waits at "${element}" cannot be read.`);
    }
    found.set(element, value);
  }
  return found;
}

function badge(warmth: Warmth): HTMLElement {
  const element = document.createElement(warmth.href ? "a" : "span");
  if (element instanceof HTMLAnchorElement) {
    element.href = warmth.href;
  }
  element.title = warmth.label;
  element.className = `app-diagram__heat app-diagram__heat--${warmth.level}`;
  const words = document.createElement("span");
  words.className = "govuk-visually-hidden";
  words.textContent = ` ${warmth.label}`;
  element.append(warmth.text, words);
  return element;
}

export function warm(viewer: NavigatedViewer, heat: ReadonlyMap<string, Warmth>): void {
  const canvas = viewer.get<Canvas>("canvas");
  const overlays = viewer.get<Overlays>("overlays");
  const registry = viewer.get<ElementRegistry>("elementRegistry");
  for (const [id, warmth] of heat) {
    if (registry.get(id)) {
      canvas.addMarker(id, `app-diagram--heat-${warmth.level}`);
      overlays.add(id, { position: POSITION, html: badge(warmth), scale: READABLE });
    }
  }
}

/** The list below a diagram that says what its shades mean; none where nothing waits. */
export function heatLegend(heat: ReadonlyMap<string, Warmth>): HTMLElement {
  const used = new Set([...heat.values()].map((each) => each.level));
  const list = document.createElement("ul");
  list.className = "app-diagram__legend";
  list.ariaLabel = "Shades in the diagram";
  for (const level of [...used].sort()) {
    const item = document.createElement("li");
    const sign = document.createElement("span");
    sign.className = `app-diagram__heat app-diagram__heat--${level}`;
    sign.textContent = WORDS[level] ?? "";
    item.append(sign);
    list.append(item);
  }
  return list;
}
