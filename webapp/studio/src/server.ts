// Speaks with the server about one draft; a refusal carries its status and its words.

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: Readonly<Record<string, unknown>>,
  ) {
    super(typeof body.detail === "string" ? body.detail : `The server answered ${status}.`);
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text of a value of an answer, "" where it has none. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The entries of a list of an answer that are objects. */
export function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

async function bodyOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  try {
    const body: unknown = await response.json();
    return isRecord(body) ? body : {};
  } catch {
    return {};
  }
}

export class Server {
  /** `address` is that of the draft, `token` the one that forms carry. */
  constructor(
    readonly address: string,
    private token: string,
  ) {}

  async file(): Promise<{ readonly xml: string; readonly revision: number }> {
    const response = await this.asked("file", { headers: { Accept: "application/xml" } });
    if (!response.ok) {
      throw new Refusal(response.status, await bodyOf(response));
    }
    return {
      xml: await response.text(),
      revision: Number(response.headers.get("X-Revision") ?? "0"),
    };
  }

  /** Ask for JSON. */
  async get(path: string): Promise<Readonly<Record<string, unknown>>> {
    return this.answered(await this.asked(path, { headers: { Accept: "application/json" } }));
  }

  /** Send JSON. Where the page was open for so long that its token ended, a new one is asked for. */
  async send(
    method: "POST" | "PUT",
    path: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const first = await this.sent(method, path, body);
    if (first.status !== 400) {
      return this.answered(first);
    }
    this.token = text((await this.get("state")).token);
    return this.answered(await this.sent(method, path, body));
  }

  private sent(method: string, path: string, body: object): Promise<Response> {
    return this.asked(path, {
      method,
      body: JSON.stringify(body),
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": this.token,
      },
    });
  }

  private asked(path: string, options: RequestInit): Promise<Response> {
    return fetch(`${this.address}/${path}`, { credentials: "same-origin", ...options });
  }

  private async answered(response: Response): Promise<Readonly<Record<string, unknown>>> {
    const body = await bodyOf(response);
    // Who is signed out is sent to the sign-in page, which is no JSON.
    if (!response.ok || response.redirected) {
      throw new Refusal(response.redirected ? 401 : response.status, body);
    }
    return body;
  }
}
