// Saves what is drawn some moments after each change, and never over what a colleague saved.

import { Refusal, type Server } from "../../server.ts";
import type { Leftovers } from "./leftovers.ts";

const KEEP_AFTER_MS = 300;
const SAVE_AFTER_MS = 1500;
const RETRY_AFTER_MS = 5000;

export type Standing =
  | { readonly kind: "saved"; readonly at: Date }
  | { readonly kind: "unsaved" | "saving" | "offline" | "signed_out" | "conflict" }
  | { readonly kind: "refused" | "closed"; readonly reason: string };

export class Session {
  private edits = 0;
  private savedEdits = 0;
  private busy = false;
  private blocked = false;
  private keeping: number | undefined;
  private saving: number | undefined;

  constructor(
    private readonly server: Server,
    private readonly serialise: () => Promise<string>,
    private readonly leftovers: Leftovers,
    private readonly show: (standing: Standing) => void,
    public revision: number,
  ) {
    window.addEventListener("online", () => this.changedSince() && this.soon(0));
    window.addEventListener("beforeunload", (event) => {
      if (this.changedSince()) {
        event.preventDefault();
      }
    });
  }

  /** Whether something is drawn that the server does not have. */
  changedSince(): boolean {
    return this.edits !== this.savedEdits;
  }

  /** Something was drawn. */
  changed(): void {
    this.edits += 1;
    window.clearTimeout(this.keeping);
    this.keeping = window.setTimeout(() => void this.keep(), KEEP_AFTER_MS);
    if (!this.blocked) {
      this.show({ kind: "unsaved" });
      this.soon(SAVE_AFTER_MS);
    }
  }

  /** Save at once. */
  async save(): Promise<void> {
    window.clearTimeout(this.saving);
    if (this.busy || this.blocked || !this.changedSince()) {
      return;
    }
    this.busy = true;
    this.show({ kind: "saving" });
    const edits = this.edits;
    try {
      const xml = await this.serialise();
      this.leftovers.keep(xml, this.revision);
      await this.server.send("PUT", "file", { xml, revision: this.revision });
      this.revision += 1;
      this.settled(edits);
    } catch (reason) {
      this.failed(reason);
    } finally {
      this.busy = false;
    }
  }

  /** Begin again from what the server has: nothing of ours is waiting. */
  restart(revision: number): void {
    window.clearTimeout(this.saving);
    window.clearTimeout(this.keeping);
    this.revision = revision;
    this.savedEdits = this.edits;
    this.blocked = false;
    this.leftovers.forget();
    this.show({ kind: "saved", at: new Date() });
  }

  private soon(milliseconds: number): void {
    window.clearTimeout(this.saving);
    this.saving = window.setTimeout(() => void this.save(), milliseconds);
  }

  private async keep(): Promise<void> {
    if (this.changedSince()) {
      this.leftovers.keep(await this.serialise(), this.revision);
    }
  }

  private settled(edits: number): void {
    this.savedEdits = edits;
    if (this.changedSince()) {
      this.show({ kind: "unsaved" });
      this.soon(SAVE_AFTER_MS);
      return;
    }
    window.clearTimeout(this.keeping);
    this.leftovers.forget();
    this.show({ kind: "saved", at: new Date() });
  }

  private failed(reason: unknown): void {
    if (!(reason instanceof Refusal) || reason.status >= 500) {
      this.show({ kind: "offline" });
      this.soon(RETRY_AFTER_MS);
      return;
    }
    if (reason.status === 409) {
      this.blocked = true;
      const overtaken = reason.body.revision !== undefined;
      this.show(overtaken ? { kind: "conflict" } : { kind: "closed", reason: reason.message });
      return;
    }
    if (reason.status === 401 || reason.status === 400) {
      this.show({ kind: "signed_out" });
      this.soon(RETRY_AFTER_MS);
      return;
    }
    this.show({ kind: "refused", reason: reason.message });
  }
}
