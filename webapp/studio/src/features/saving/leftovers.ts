// What was drawn and is not saved yet stays in the tab, whatever happens to the connection.

export interface Leftover {
  readonly xml: string;
  readonly revision: number;
  readonly at: string;
}

function isLeftover(value: unknown): value is Leftover {
  return (
    typeof value === "object" &&
    value !== null &&
    "xml" in value &&
    typeof value.xml === "string" &&
    "revision" in value &&
    typeof value.revision === "number" &&
    "at" in value &&
    typeof value.at === "string"
  );
}

export class Leftovers {
  constructor(private readonly key: string) {}

  read(): Leftover | undefined {
    try {
      const found: unknown = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
      return isLeftover(found) ? found : undefined;
    } catch {
      return undefined;
    }
  }

  keep(xml: string, revision: number): void {
    try {
      const kept: Leftover = { xml, revision, at: new Date().toISOString() };
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // The tab's storage is full or forbidden: the page still warns before it is left.
    }
  }

  forget(): void {
    sessionStorage.removeItem(this.key);
  }
}
