export interface ServerSentEvent {
  id: string;
  data: string;
}

/** Takes the text of a stream of Server-Sent Events apart (WHATWG HTML, 9.2.6), as far as the server uses them: `id` and `data`. */
export class ServerSentEventParser {
  #rest = '';
  #data: string[] = [];
  #id = '';

  /** Takes a piece of the stream, of any length, and gives the events that are complete with it. */
  push(text: string): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (this.#data.length > 0) events.push({ id: this.#id, data: this.#data.join('\n') });
        this.#data = [];
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'data') this.#data.push(value);
      else if (field === 'id') this.#id = value;
    }
    return events;
  }
}
