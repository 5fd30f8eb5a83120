// Ctrl + S saves at once, wherever the focus is.

import type { Saving } from "./features/saving/index.ts";

export function saveByKey(host: HTMLElement, saving: Saving): void {
  host.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      void saving.session.save();
    }
  });
}
