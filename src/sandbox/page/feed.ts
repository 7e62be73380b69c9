/** Live updates: what happens in the chat as server-sent events, numbered and kept a while so that a page that was away goes on where it was. */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { StandIn } from '../stand-in.ts';
import type { SandboxEvent } from '../world.ts';
import { type PageEvent, shown } from './wire.ts';

/** Events kept for pages that come back; one that missed more loads the chat anew. */
const keep = 1_000;
/** A sign of life, so that a page sees a dead connection and proxies do not close an idle one. */
const heartbeatMs = 20_000;

export class Feed {
  /** Names this run: numbers of another run mean nothing here. */
  readonly run = randomBytes(6).toString('hex');
  readonly #chatId: number;
  readonly #stopWatching: () => void;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #open = new Set<ServerResponse>();
  #kept: string[] = [];
  #count = 0;

  /** Follows the private chat of the person `userId`. */
  constructor(server: StandIn, userId: number) {
    this.#chatId = userId;
    this.#stopWatching = server.watch((event) => {
      const told = this.#tell(event);
      if (told) this.#push(told);
    });
    this.#heartbeat = setInterval(() => {
      for (const response of this.#open) response.write(': still here\n\n');
    }, heartbeatMs);
    this.#heartbeat.unref();
  }

  /** The place after everything that happened so far. */
  get cursor(): string {
    return `${this.run}-${this.#count}`;
  }

  /** Answers with the events after `cursor`, and with each that comes until the page leaves. */
  follow(response: ServerResponse, cursor: string): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' });
    response.write('retry: 1000\n\n');
    const [run, number] = cursor.split('-');
    const after = Number(number);
    const missed = this.#count - after;
    if (run !== this.run || !Number.isInteger(after) || missed < 0 || missed > this.#kept.length) {
      response.write(`id: ${this.cursor}\ndata: ${JSON.stringify({ kind: 'reset' } satisfies PageEvent)}\n\n`);
    } else if (missed > 0) {
      for (const line of this.#kept.slice(-missed)) response.write(line);
    }
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
  }

  stop(): void {
    this.#stopWatching();
    clearInterval(this.#heartbeat);
    for (const response of this.#open) response.end();
  }

  #push(event: PageEvent): void {
    this.#count += 1;
    const line = `id: ${this.cursor}\ndata: ${JSON.stringify(event)}\n\n`;
    this.#kept.push(line);
    // Halving at twice the bound costs less than a shift for each event.
    if (this.#kept.length >= keep * 2) this.#kept = this.#kept.slice(-keep);
    for (const response of this.#open) response.write(line);
  }

  #tell(event: SandboxEvent): PageEvent | undefined {
    switch (event.kind) {
      case 'message':
      case 'edit':
        return event.seen.chatId === this.#chatId ? { kind: event.kind, shown: shown(event.seen) } : undefined;
      case 'delete':
        if (event.seen.chatId !== this.#chatId) return undefined;
        return { kind: 'delete', messageId: event.seen.message.message_id };
      case 'toast':
        if (event.userId !== this.#chatId) return undefined;
        return { kind: 'toast', text: event.text, alert: event.alert, queryId: event.queryId };
      case 'action':
        return event.chatId === this.#chatId ? { kind: 'action', action: event.action } : undefined;
      case 'draft': {
        const { chatId, draftId, text, entities, canStop } = event;
        return chatId === this.#chatId ? { kind: 'draft', draftId, text, entities, canStop } : undefined;
      }
    }
  }
}
