// Shows one diagram inside its host element.

import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import camunda from "camunda-bpmn-moddle/resources/camunda.json";
import { controls, fit } from "./controls.ts";
import { downloads } from "./downloads.ts";
import { heatLegend, readHeat, warm } from "./heat.ts";
import { legend } from "./legend.ts";
import { mark } from "./markers.ts";
import { point } from "./point.ts";
import { followLinks } from "./pointing.ts";
import { load } from "./source.ts";

function name(canvas: HTMLElement, host: HTMLElement): void {
  const svg = canvas.querySelector("svg");
  svg?.setAttribute("role", "img");
  svg?.setAttribute("aria-label", host.dataset.diagramLabel ?? "Process diagram");
}

export async function show(host: HTMLElement): Promise<void> {
  const { xml, states } = await load(host);
  const canvas = document.createElement("div");
  canvas.className = "app-diagram__canvas";
  host.replaceChildren(canvas);
  const viewer = new NavigatedViewer({ container: canvas, moddleExtensions: { camunda } });
  await viewer.importXML(xml);
  name(canvas, host);
  mark(viewer, states);
  const heat = readHeat(host);
  warm(viewer, heat);
  fit(viewer);
  point(viewer, new URLSearchParams(window.location.search).get("element"));
  host.prepend(controls(viewer));
  host.append(heat.size > 0 ? heatLegend(heat) : legend(states));
  if (host.dataset.diagramDownload) {
    host.append(downloads(viewer, host.dataset.diagramDownload));
  }
  followLinks(viewer, host);
  host.dataset.diagramReady = "true";
}

export function apologise(host: HTMLElement): void {
  const message = document.createElement("p");
  message.className = "govuk-body";
  message.role = "alert";
  message.textContent = "The diagram could not be shown. Reload the page to try again.";
  host.replaceChildren(message);
}
