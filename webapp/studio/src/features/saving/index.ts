// Autosave: joins the editor, the session that saves, and what is said of it.

import { clock } from "../../dom.ts";
import { type Server, text } from "../../server.ts";
import { Leftovers } from "./leftovers.ts";
import type { Notices } from "./notices.ts";
import { Session, type Standing } from "./session.ts";

export interface Editor {
  load(xml: string): Promise<void>;
  serialise(): Promise<string>;
}

const WORDS: Readonly<Record<Exclude<Standing["kind"], "saved" | "refused" | "closed">, string>> = {
  unsaved: "Not saved yet",
  saving: "Saving",
  offline: "Not saved: there is no connection. What you drew is kept in this tab; we try again.",
  signed_out:
    "Not saved: you were signed out. Sign in again in another tab. What you drew is kept in this tab; we try again.",
  conflict: "Not saved: a colleague saved this draft meanwhile",
};

function words(standing: Standing): string {
  switch (standing.kind) {
    case "saved":
      return `Saved at ${clock(standing.at)}`;
    case "refused":
    case "closed":
      return `Not saved: ${standing.reason}`;
    default:
      return WORDS[standing.kind];
  }
}

export class Saving {
  readonly session: Session;
  private readonly leftovers: Leftovers;

  constructor(
    private readonly server: Server,
    private readonly editor: Editor,
    private readonly notices: Notices,
    private readonly status: HTMLElement,
    revision: number,
  ) {
    this.leftovers = new Leftovers(`studio:${server.address}`);
    this.session = new Session(
      server,
      () => editor.serialise(),
      this.leftovers,
      (standing) => void this.tell(standing),
      revision,
    );
  }

  /** Offer what an earlier visit left unsaved in this tab. */
  offerLeftover(current: string): void {
    const found = this.leftovers.read();
    if (!found || found.xml === current) {
      this.leftovers.forget();
      return;
    }
    const at = clock(new Date(found.at));
    this.notices.show("leftover", `You drew something at ${at} that was not saved.`, [
      {
        text: "Restore it",
        act: async () => {
          this.notices.clear("leftover");
          await this.editor.load(found.xml);
          this.session.revision = found.revision;
          this.session.changed();
        },
      },
      {
        text: "Keep it as a draft of its own",
        act: () => this.keepAsOwn(found.xml),
      },
      {
        text: "Let it go",
        act: () => {
          this.leftovers.forget();
          this.notices.clear("leftover");
        },
      },
    ]);
  }

  /** Take what the server has now. */
  async loadTheirs(): Promise<void> {
    const mine = this.session.changedSince() ? await this.editor.serialise() : undefined;
    const theirs = await this.server.file();
    await this.editor.load(theirs.xml);
    this.session.restart(theirs.revision);
    this.notices.clear("conflict");
    this.notices.clear("newer");
    if (mine !== undefined) {
      this.notices.show("mine", "This is your colleague’s version. Yours is not lost yet.", [
        { text: "Keep mine as a draft of its own", act: () => this.keepAsOwn(mine) },
        { text: "Let mine go", act: () => this.notices.clear("mine") },
      ]);
    }
  }

  private async keepAsOwn(xml: string): Promise<void> {
    const made = await this.server.send("POST", "copy", { xml });
    this.session.restart(this.session.revision);
    window.location.assign(text(made.address));
  }

  private async tell(standing: Standing): Promise<void> {
    this.status.textContent = words(standing);
    this.status.dataset.standing = standing.kind;
    const own = {
      text: "Keep mine as a draft of its own",
      act: async () => this.keepAsOwn(await this.editor.serialise()),
    };
    if (standing.kind === "closed") {
      this.notices.show("conflict", standing.reason, [own], true);
    }
    if (standing.kind === "conflict") {
      const state = await this.server.get("state");
      const at = clock(new Date(text(state.saved_at)));
      const who = text(state.saved_by) || "A colleague";
      this.notices.show(
        "conflict",
        `${who} saved this draft at ${at}, after you opened it. Yours is not saved over it.`,
        [{ text: "Load theirs", act: () => this.loadTheirs() }, own],
        true,
      );
    }
  }
}
