// A clipboard that every studio of this browser shares, in place of that of diagram-js.

import type { Factory } from "../modeler/services.ts";

const KEY = "studio:clipboard";

interface Typed {
  readonly $type: string;
  readonly [name: string]: unknown;
}

function isTyped(value: unknown): value is Typed {
  return (
    typeof value === "object" &&
    value !== null &&
    "$type" in value &&
    typeof value.$type === "string"
  );
}

/** Make elements of the file from what was stored; their `$type` says of which kind. */
function revived(stored: string, moddle: Factory): unknown {
  return JSON.parse(stored, (_, value: unknown) => {
    if (!isTyped(value)) {
      return value;
    }
    const { $type, ...attributes } = value;
    const made = moddle.create($type, attributes) as { $parent?: unknown };
    for (const each of Object.values(attributes).flat()) {
      if (isTyped(each)) {
        (each as { $parent?: unknown }).$parent = made;
      }
    }
    return made;
  });
}

export class SharedClipboard {
  static readonly $inject = ["moddle"];
  private held: unknown;

  constructor(private readonly moddle: Factory) {}

  get(): unknown {
    const stored = localStorage.getItem(KEY);
    return stored === null ? this.held : revived(stored, this.moddle);
  }

  set(tree: unknown): void {
    this.held = tree;
    try {
      localStorage.setItem(KEY, JSON.stringify(tree));
    } catch {
      // Too large for the browser's storage: it can be pasted in this draft alone.
      localStorage.removeItem(KEY);
    }
  }

  clear(): unknown {
    const before = this.get();
    this.held = undefined;
    localStorage.removeItem(KEY);
    return before;
  }

  isEmpty(): boolean {
    return this.held === undefined && localStorage.getItem(KEY) === null;
  }
}
