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

/** @typedef {'live' | 'waiting' | 'ended'} ConnectionState 'ended': the stand-in runs no more, or does not know this page any more */

const retryMs = 1_500;

/**
 * Follows the chat from `cursor` on. The browser connects again by itself and says what it saw last; only when the stand-in refuses
 * does it give up, and then it is asked again until it is back.
 * @param {string} cursor
 * @param {(event: PageEvent) => void} onEvent
 * @param {(state: ConnectionState) => void} onState
 */
export function follow(cursor, onEvent, onState) {
  let last = cursor;
  const connect = () => {
    const source = new EventSource(`/events?after=${encodeURIComponent(last)}`);
    source.addEventListener('open', () => onState('live'));
    source.addEventListener('message', (message) => {
      last = message.lastEventId;
      onEvent(JSON.parse(message.data));
    });
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CONNECTING) return onState('waiting');
      source.close();
      void probe();
    });
  };
  const probe = async () => {
    const answered = await fetch('/chat').catch(() => undefined);
    if (answered?.ok) return connect();
    onState(answered ? 'ended' : 'waiting');
    if (!answered) setTimeout(() => void probe(), retryMs);
  };
  connect();
}
