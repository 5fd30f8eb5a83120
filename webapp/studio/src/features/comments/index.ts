// Remarks on elements: marks on the canvas, and a list to add to and settle.

import { button, make } from "../../dom.ts";
import { records, type Server, text } from "../../server.ts";
import { goTo } from "../linting/index.ts";
import type { Studio } from "../modeler/index.ts";
import { moddleOf, type Shape, textOf } from "../modeler/services.ts";
import type { Tab } from "../panel/index.ts";

const MARK = "studio-comment";
const LONGEST = 2000;

interface Comment {
  readonly number: string;
  readonly element: string;
  readonly text: string;
  readonly by: string;
  readonly at: string;
  readonly settled: boolean;
}

function readComments(value: unknown): readonly Comment[] {
  return records(value).map((each) => ({
    number: String(each.number ?? each.id ?? ""),
    element: text(each.element),
    text: text(each.text),
    by: text(each.by) || text(each.name),
    at: text(each.at),
    settled: each.settled === true || text(each.settled_at) !== "",
  }));
}

class Comments {
  private readonly list = make("ul", { class: "app-problems" });
  private readonly field = make("textarea", {
    id: "studio-comment",
    class: "app-entry__input",
    rows: "3",
    maxlength: String(LONGEST),
    "aria-describedby": "studio-comment-about",
  });
  private readonly about = make("p", { id: "studio-comment-about", class: "app-entry__hint" });
  private readonly problem = make("p", { class: "app-entry__problem", "aria-live": "polite" });
  private element = "";

  constructor(
    private readonly studio: Studio,
    private readonly server: Server,
    private readonly tab: Tab,
  ) {
    const form = make(
      "div",
      { class: "app-comment-form" },
      make("label", { class: "app-entry__label", for: "studio-comment" }, "Comment"),
      this.about,
      this.field,
      this.problem,
      button("Add the comment", () => void this.add()),
    );
    tab.host.append(form, this.list);
    studio.on("selection.changed", ({ newSelection }: { newSelection: readonly Shape[] }) => {
      this.choose(newSelection[0]);
    });
    this.choose(undefined);
  }

  async load(): Promise<void> {
    const answer = await this.server.get("comments.json");
    const all = readComments(answer.comments);
    const open = all.filter((each) => !each.settled);
    this.tab.name(`Comments (${open.length})`);
    this.list.replaceChildren(...open.map((each) => this.entry(each)));
    this.mark(open);
  }

  private choose(shape: Shape | undefined): void {
    this.element = shape ? textOf(moddleOf(shape), "id") : "";
    this.about.textContent = this.element
      ? `On “${this.nameOf(this.element)}”`
      : "On the whole diagram. Select an element to comment on it.";
  }

  private nameOf(id: string): string {
    const found = this.studio.get("elementRegistry").get(id) as Shape | undefined;
    return (found && textOf(moddleOf(found), "name")) || id;
  }

  private async add(): Promise<void> {
    if (this.field.value.trim() === "") {
      this.problem.textContent = "Enter a comment.";
      return;
    }
    await this.tried(async () => {
      const sent = { element: this.element, text: this.field.value };
      await this.server.send("POST", "comments", sent);
      this.field.value = "";
    });
  }

  private async tried(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.problem.textContent = "";
      await this.load();
    } catch (reason) {
      this.problem.textContent = reason instanceof Error ? reason.message : "Not saved.";
    }
  }

  private entry(comment: Comment): HTMLElement {
    const where = comment.element ? this.nameOf(comment.element) : "The whole diagram";
    const at = comment.at ? `, ${new Date(comment.at).toLocaleDateString("en-GB")}` : "";
    const small = "app-studio__button app-studio__button--small";
    const settle = () =>
      void this.tried(async () => {
        await this.server.send("POST", `comments/${comment.number}/settle`, {});
      });
    const choices = [
      button("Settled", settle, { class: small, "aria-label": `Settled: ${comment.text}` }),
    ];
    if (comment.element) {
      const name = { class: small, "aria-label": `Go to it: ${where}` };
      choices.unshift(button("Go to it", () => goTo(this.studio, comment.element), name));
    }
    return make(
      "li",
      { class: "app-problem app-problem--comment" },
      make("h2", { class: "app-problem__where" }, where),
      make("p", {}, comment.text),
      make("p", { class: "app-entry__hint" }, `${comment.by}${at}`),
      make("div", { class: "app-entry__actions" }, ...choices),
    );
  }

  private mark(open: readonly Comment[]): void {
    const overlays = this.studio.get("overlays");
    overlays.remove({ type: MARK });
    const counts = new Map<string, number>();
    for (const each of open) {
      counts.set(each.element, (counts.get(each.element) ?? 0) + 1);
    }
    for (const [element, count] of counts) {
      if (this.studio.get("elementRegistry").get(element)) {
        const words = `“ ${count}`;
        const html = button(words, () => this.tab.open(), {
          class: "app-mark app-mark--comment",
          "aria-label": `${words}: comments on ${this.nameOf(element)}`,
        });
        overlays.add(element, MARK, { position: { top: -12, right: 12 }, html });
      }
    }
  }
}

export function comments(studio: Studio, server: Server, tab: Tab): void {
  const made = new Comments(studio, server, tab);
  const load = () => {
    // An installation may do without comments: the tab then stands empty.
    made.load().catch(() => undefined);
  };
  studio.on("import.done", load);
  load();
}
