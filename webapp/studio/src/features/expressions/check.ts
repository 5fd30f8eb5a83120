// Asks the server whether an expression is right, some moments after it was typed.

import { useEffect, useState } from "@bpmn-io/properties-panel/preact/hooks";
import { text as textOf } from "../../server.ts";
import type { Desk } from "../properties/desk.ts";

const ASK_AFTER_MS = 350;

export type Expects = "any" | "boolean" | "date" | "list" | "string";

/** The problem of an expression (without `${…}`), "" while there is none. */
export function useProblem(desk: Desk, text: string | undefined, expects: Expects): string {
  const [problem, setProblem] = useState("");
  useEffect(() => {
    if (text === undefined || text.trim() === "") {
      setProblem("");
      return;
    }
    let current = true;
    const ask = async () => {
      const answer = await desk.server.send("POST", "expression", {
        text,
        expects,
        xml: await desk.xml(),
      });
      const column = typeof answer.column === "number" ? answer.column : 0;
      const where = column > 0 ? `At column ${column}: ` : "";
      if (current) {
        setProblem(textOf(answer.problem) ? where + textOf(answer.problem) : "");
      }
    };
    const timer = window.setTimeout(() => {
      // Saving says by itself when the server cannot be reached.
      ask().catch(() => undefined);
    }, ASK_AFTER_MS);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [text, expects]);
  return problem;
}
