// A form as staff will see it, drawn by the server in a region of its own.

import { type ComponentChild, h } from "@bpmn-io/properties-panel/preact";
import { useEffect, useRef, useState } from "@bpmn-io/properties-panel/preact/hooks";
import { Refusal, text } from "../../server.ts";
import { textOf } from "../modeler/services.ts";
import { type Desk, subject } from "./desk.ts";

const DRAW_AFTER_MS = 500;

let styles: Promise<CSSStyleSheet> | undefined;

/** The style sheet of the pages, read once. */
async function pageStyles(): Promise<CSSStyleSheet> {
  const link = document.querySelector<HTMLLinkElement>('link[href$="app.css"]');
  const answer = await fetch(link?.href ?? "", { credentials: "same-origin" });
  return new CSSStyleSheet().replace(await answer.text());
}

async function draw(host: HTMLElement, html: string): Promise<void> {
  styles ??= pageStyles();
  // A shadow tree keeps the ids of the form apart from those of the page.
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [await styles];
  root.innerHTML = html;
}

export function FormPreview(props: { readonly desk: Desk }): ComponentChild {
  const { desk } = props;
  const host = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let current = true;
    const ask = async () => {
      const answer = await desk.server.send("POST", "form-preview", {
        xml: await desk.xml(),
        element: textOf(subject(desk), "id"),
      });
      if (current && host.current) {
        await draw(host.current, text(answer.html));
        setProblem("");
      }
    };
    const timer = window.setTimeout(() => {
      ask().catch((reason: unknown) => {
        if (current && reason instanceof Refusal) {
          setProblem(reason.message);
        }
      });
    }, DRAW_AFTER_MS);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  });
  return h(
    "section",
    { class: "app-group__preview", "aria-label": "Preview of the form" },
    h("h4", { class: "app-item__name" }, "As staff will see it"),
    h("p", { class: "app-entry__problem", "aria-live": "polite" }, problem),
    h("div", { ref: host, "data-form-preview": true }),
  );
}
