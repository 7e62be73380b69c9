/** The calls for a message that is a row of the outbox alone, and no delivery: the best form first, then what to call where Telegram refuses it. */
import type { EpochMs } from '../../../core/clock.ts';
import { FILE_PARAMETERS, type OutgoingContent, type OutgoingFile } from '../../../outbox/outbox.ts';
import { ContentMissing } from '../../../storage/contents/store.ts';
import { type Native, withLine } from '../../render/native.ts';
import type { Outcome } from '../api.ts';
import type { Claimed } from '../claims.ts';
import type { Upload } from '../upload.ts';
import { type NativeSupport, yieldsToPlain } from './native.ts';
import { isOurFault } from './refusals.ts';

export interface Call {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly upload?: Upload;
  /** its form is native: what Telegram says of it is remembered */
  readonly native?: true;
  readonly otherwise?: Otherwise;
}

/** What to call instead, in the same attempt, where an outcome of the first says that it was not acted on and never will be. */
interface Otherwise {
  readonly call: Call;
  readonly after: (outcome: Outcome) => boolean;
}

/** Where the bytes of files are. */
export interface FileSources {
  /** The pieces of a kept file in order. */
  readonly content: (file: string) => AsyncIterable<Uint8Array>;
  /** The bytes kept under a checksum. Throws ContentMissing. */
  readonly kept: (sha256: string) => AsyncIterable<Uint8Array>;
}

/** So often a message is tried in its native form where Telegram fails without saying why. */
const NATIVE_TRIES = 3;

/** Methods that make a message each time they are called. */
export const MAKES_MESSAGE: ReadonlySet<string> = new Set([
  'sendMessage',
  'sendRichMessage',
  ...Object.keys(FILE_PARAMETERS),
]);
const parameterOf = (method: string): string | undefined =>
  Object.entries(FILE_PARAMETERS).find(([name]) => name === method)?.[1];
/** The parameter that holds a message's words. */
const wordsOf = (method: string): string =>
  method === 'sendMessage' ? 'text' : parameterOf(method) === undefined ? '' : 'caption';

/** The call for a message, with what follows where Telegram refuses it. */
export function callOf(
  message: Claimed,
  sources: FileSources & { readonly native: NativeSupport },
  now: EpochMs,
): Call {
  const { method } = message;
  const { repeatMark, file, rich, ...params } = message.payload;
  const words = wordsOf(method);
  const mark = message.repeat && typeof repeatMark === 'string' ? repeatMark : undefined;
  const marked =
    mark !== undefined && typeof params[words] === 'string'
      ? { ...params, [words]: `${params[words]}\n${mark}` }
      : params;
  const plain: Call = { method, params: marked };
  if (rich !== undefined && message.attempts <= NATIVE_TRIES && sources.native.isTaken(now))
    return nativeWay(plain, rich as Native, mark);
  if (file === undefined || parameterOf(method) === undefined) return plain;
  const sent = file as OutgoingFile | OutgoingContent;
  if (!('id' in sent)) return fileWays(method, marked, sent, sources);
  const { id, name, bytes } = sent;
  return { ...plain, upload: { field: 'document', name, bytes, content: () => sources.content(id) } };
}

/** The native form of a message, and its plain one where the Bot API server takes no such. */
function nativeWay(plain: Call, rich: Native, mark: string | undefined): Call {
  const { text: _text, entities: _entities, link_preview_options: _preview, ...params } = plain.params;
  return {
    method: plain.method === 'sendMessage' ? 'sendRichMessage' : plain.method,
    params: { ...params, rich_message: mark === undefined ? rich : withLine(rich, mark) },
    native: true,
    otherwise: { call: plain, after: yieldsToPlain },
  };
}

/** A call that edits, as one that says it in a new message. */
export function afresh(call: Call): Call {
  const { message_id: _, ...params } = call.params;
  const { otherwise } = call;
  return {
    ...call,
    method: call.native ? 'sendRichMessage' : 'sendMessage',
    params,
    ...(otherwise ? { otherwise: { ...otherwise, call: afresh(otherwise.call) } } : {}),
  };
}

/** The ways to send a content, the best first: Telegram's own copy, its bytes as what it was, as a document, word that it is gone. */
function fileWays(method: string, params: Call['params'], file: OutgoingContent, sources: FileSources): Call {
  const { sha256, name, bytes, telegramFile, fits, missing } = file;
  const { caption: _, ...bare } = params;
  const said: Call = { method: 'sendMessage', params: { ...bare, text: missing } };
  const upload = (by: string, call: Call): Call => {
    let gone = false;
    async function* content() {
      try {
        if (sha256 !== null) yield* sources.kept(sha256);
      } catch (error) {
        gone = error instanceof ContentMissing;
        throw error;
      }
    }
    return {
      method: by,
      params,
      upload: { field: parameterOf(by) ?? 'document', name, bytes, content },
      otherwise: { call, after: (outcome) => gone || isOurFault(outcome) },
    };
  };
  let way = sha256 === null ? said : upload('sendDocument', said);
  if (sha256 !== null && fits && method !== 'sendDocument') way = upload(method, way);
  if (telegramFile === null) return way;
  return {
    method,
    params: { ...params, [parameterOf(method) ?? 'document']: telegramFile },
    otherwise: { call: way, after: isOurFault },
  };
}
