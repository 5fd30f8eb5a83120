// Copies stay in the browser's storage, so that they can be pasted into another draft.

import { SharedClipboard } from "./shared_clipboard.ts";

export const clipboard = { clipboard: ["type", SharedClipboard] };
