/** What the person at the page can do: one line a request, each ending in what a person on the stand-in does. */
import type { Message } from '@grammyjs/types';
import type { MediaKind } from '../rules/media.ts';
import { pieces } from '../rules/pieces.ts';
import type { StandIn } from '../stand-in.ts';
import { SandboxMisuse, type SandboxUser, type SendOptions } from '../users.ts';
import type { Params } from '../wire/params.ts';
import type { StoredMessage } from '../world.ts';
import type { CommandList } from './wire.ts';

export interface PageRequest {
  readonly server: StandIn;
  readonly user: SandboxUser;
  readonly params: Params;
  /** The body of an upload. */
  readonly bytes: Buffer;
  /** The type the browser gives the upload. */
  readonly type: string;
}

export type Handler = (request: PageRequest) => unknown;

/** Requests that change something, by their path below `/chat/`; their fields come as JSON. */
export const handlers: Readonly<Record<string, Handler>> = {
  send: ({ user, params }) => {
    let replyTo = params.integer('reply_to');
    for (const piece of pieces(text(params))) {
      user.send(piece, { replyTo });
      replyTo = undefined;
    }
  },
  edit: (request) => {
    const [first = ''] = pieces(text(request.params));
    request.user.edit(target(request).message.message_id, first);
  },
  delete: (request) => request.user.delete(target(request).message.message_id),
  press: (request) => {
    const data = request.params.text('data') ?? '';
    return { queryId: request.user.pressData(target(request), data).queryId };
  },
  forward,
  location: ({ user, params }) => {
    const latitude = params.number('latitude');
    const longitude = params.number('longitude');
    if (latitude === undefined || longitude === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180)
      throw new SandboxMisuse('there is no such place');
    user.sendLocation({ latitude, longitude }, reply(params));
  },
  contact: ({ user, params }) => {
    const { first_name, last_name } = user.profile;
    const names = { first_name, ...(last_name === undefined ? {} : { last_name }) };
    user.sendContact({ phone_number: '+10000000000', ...names, user_id: user.id }, reply(params));
  },
  stop: ({ user, params }) => user.stopDraft(params.integer('draft_id') ?? 0),
};

/** Telegram's clients send what is not empty, without white space around it. */
function text(params: Params): string {
  const said = (params.text('text') ?? '').trim();
  if (said === '') throw new SandboxMisuse('the text is empty');
  return said;
}

const reply = (params: Params): SendOptions => ({ replyTo: params.integer('reply_to') });

function target({ server, user, params }: PageRequest): StoredMessage {
  const room = server.world.rooms.get(user.id);
  const stored = room && server.world.find(room, params.integer('message_id'));
  if (!stored) throw new SandboxMisuse('the message is no longer there');
  return stored;
}

/** A message of this chat, or words as they come from somebody else who hides their account. */
function forward(request: PageRequest): void {
  const { server, user, params } = request;
  if (params.has('message_id')) {
    user.forward(target(request).message);
    return;
  }
  const from = (params.text('from_name') ?? '').trim().slice(0, 64);
  if (from === '') throw new SandboxMisuse('the name is empty');
  const date = server.world.unixNow();
  const origin: Message['forward_origin'] = { type: 'hidden_user', sender_user_name: from, date };
  for (const piece of pieces(text(params))) user.send(piece, { extra: { forward_origin: origin } });
}

const kinds: readonly MediaKind[] = ['photo', 'document', 'voice', 'audio', 'video', 'animation'];

/** An uploaded file; its fields stand in the query, so that the body is the file alone. */
export const upload: Handler = ({ user, params, bytes, type }) => {
  const kind = kinds.find((one) => one === params.text('kind'));
  if (!kind || bytes.length === 0) throw new SandboxMisuse('the file is empty');
  const caption = (params.text('caption') ?? '').trim().slice(0, 1024).toWellFormed();
  const album = params.text('album');
  user.sendFile(
    kind,
    {
      name: params.text('name') || 'file',
      type: type === '' ? 'application/octet-stream' : type,
      bytes,
      ...(caption === '' ? {} : { caption }),
      duration: params.integer('duration'),
    },
    { ...reply(params), ...(album && /^\d{1,18}$/.test(album) ? { extra: { media_group_id: album } } : {}) },
  );
};

/** The commands a client offers in the private chat: the narrowest list there is, in the person's language before any. */
export function commandsFor({ world }: StandIn, { id, profile }: SandboxUser): CommandList {
  for (const scope of [`chat:${id}:`, 'all_private_chats', 'default']) {
    for (const language of [profile.language_code ?? '', '']) {
      const commands = world.commands.get(`${scope}/${language}`);
      if (commands) return { commands };
    }
  }
  return { commands: [] };
}
