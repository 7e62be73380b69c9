/** Talks to the stand-in: what the person does goes out as requests, what happens comes in as events, missed ones included. */
/** @import { ChatState, CommandList, OlderMessages, PageEvent } from '../wire.ts' */

/** A request that was refused, or reached nobody. */
export class RequestFailed extends Error {
  /**
   * @param {number} status of the answer; 0: there was none
   * @param {string} reason
   */
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<unknown>}
 */
async function ask(path, init) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new RequestFailed(0, 'unreachable');
  }
  if (response.ok) return response.json();
  const body = response.headers.get('content-type')?.startsWith('application/json') ? await response.json() : {};
  throw new RequestFailed(response.status, typeof body.error === 'string' ? body.error : '');
}

/** The chat as it stands. */
export const loadChat = () => /** @type {Promise<ChatState>} */ (ask('/chat'));

/** @param {number} order */
export const loadOlder = (order) => /** @type {Promise<OlderMessages>} */ (ask(`/chat/older?before=${order}`));

export const loadCommands = () => /** @type {Promise<CommandList>} */ (ask('/chat/commands'));

/**
 * Does something in the chat: 'send', 'edit', 'delete', 'press', 'forward', 'location', 'contact', 'stop'.
 * @param {string} name
 * @param {Record<string, unknown>} fields
 * @returns {Promise<unknown>}
 */
export const act = (name, fields) =>
  ask(`/chat/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });

/**
 * @param {Blob} file
 * @param {Record<string, string>} fields
 */
export const sendFile = (file, fields) =>
  ask(`/chat/file?${new URLSearchParams(fields)}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  });

/** Where a file of the chat is. @param {string} id */
export const fileAddress = (id) => `/files/${encodeURIComponent(id)}`;

/** @typedef {'live' | 'waiting' | 'away' | 'ended'} ConnectionState 'away': nobody has answered for a while; 'ended': the stand-in does not know this page any more */

const retryMs = 1_500;
/** So many attempts nobody answers, and the page says that it may be for long. */
const briefAttempts = 6;

/**
 * Follows the chat from `cursor` on. A connection that breaks is made anew after what was seen last, at once or when the stand-in answers again;
 * one that does not know this page is not asked any more.
 * @param {string} cursor
 * @param {(event: PageEvent) => void} onEvent
 * @param {(state: ConnectionState) => void} onState
 */
export function follow(cursor, onEvent, onState) {
  let last = cursor;
  let attempts = 0;
  const connect = () => {
    const source = new EventSource(`/events?after=${encodeURIComponent(last)}`);
    source.addEventListener('open', () => {
      attempts = 0;
      onState('live');
    });
    source.addEventListener('message', (message) => {
      last = message.lastEventId;
      onEvent(JSON.parse(message.data));
    });
    source.addEventListener('error', () => {
      // Asked anew by ourselves: the browser would go on for ever without telling what it was answered.
      source.close();
      void probe();
    });
  };
  const probe = async () => {
    const answered = await fetch('/chat').catch(() => undefined);
    if (answered?.ok) return connect();
    if (answered) return onState('ended');
    attempts += 1;
    onState(attempts > briefAttempts ? 'away' : 'waiting');
    setTimeout(() => void probe(), retryMs);
  };
  connect();
}
