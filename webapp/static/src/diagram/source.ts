// Where a diagram and its states come from: the attributes of the element that shows it.

import { readStates, type State } from "./states.ts";

export interface Source {
  readonly xml: string;
  readonly states: ReadonlyMap<string, State>;
}

async function fetched(url: string, type: string): Promise<Response> {
  const response = await fetch(url, { headers: { Accept: type }, credentials: "same-origin" });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}.`);
  }
  return response;
}

async function statesOf(host: HTMLElement): Promise<ReadonlyMap<string, State>> {
  const { diagramState: scriptId, diagramStateUrl: url } = host.dataset;
  if (scriptId) {
    const script = document.getElementById(scriptId);
    return readStates(JSON.parse(script?.textContent ?? "null"));
  }
  if (url) {
    return readStates(await (await fetched(url, "application/json")).json());
  }
  return new Map();
}

export async function load(host: HTMLElement): Promise<Source> {
  const url = host.dataset.diagramUrl;
  if (!url) {
    throw new Error("data-diagram-url is missing.");
  }
  const [response, states] = await Promise.all([fetched(url, "application/xml"), statesOf(host)]);
  return { xml: await response.text(), states };
}
