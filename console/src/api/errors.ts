/** A member or parameter that is wrong, as the server's error object names it. */
export interface FieldError {
  name: string;
  message: string;
}

/** An answer of the server that is an error, or the lack of an answer (`status` 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    readonly requestId: string | null = null,
    readonly fields: readonly FieldError[] = [],
    /** After so many seconds the server would like to be asked again; null: it did not say. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** The server was not reached, or is starting: asking again is right. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  messageOf(field: string): string | undefined {
    return this.fields.find((error) => error.name === field)?.message;
  }

  /** Reads the error object of an answer; an answer without one, of a proxy for instance, becomes its status. */
  static async of(answer: Response): Promise<ApiError> {
    const after = Number(answer.headers.get('Retry-After') ?? Number.NaN);
    const retryAfter = Number.isFinite(after) ? after : null;
    const text = await answer.text().catch(() => '');
    try {
      const body = JSON.parse(text) as { type?: unknown; message?: unknown; request_id?: unknown; fields?: FieldError[] };
      if (typeof body.message === 'string') {
        return new ApiError(answer.status, String(body.type), body.message, body.request_id ? String(body.request_id) : null, body.fields ?? [], retryAfter);
      }
    } catch {
      // It is not JSON: the plain text says as much.
    }
    return new ApiError(answer.status, 'unknown', text.trim().slice(0, 300) || `${answer.status} ${answer.statusText}`, answer.headers.get('X-Request-ID'), [], retryAfter);
  }
}
