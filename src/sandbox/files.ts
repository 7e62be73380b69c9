/** The files the stand-in holds: uploaded by the bot or sent by people, found by file id, bounded in bytes. */
import { randomBytes } from 'node:crypto';
import type { File } from '@grammyjs/types';
import { badRequest } from './wire/refusal.ts';

export interface StoredFile {
  readonly id: string;
  readonly uniqueId: string;
  /** Path below `/file/bot<TOKEN>/`. */
  readonly path: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** The Bot API hands out files of up to 20 MB. */
const downloadLimit = 20 * 1024 * 1024;

export class FileStore {
  readonly #byId = new Map<string, StoredFile>();
  readonly #byPath = new Map<string, StoredFile>();
  readonly #limit: number;
  #bytes = 0;
  #count = 0;

  /** Keeps at most `limit` bytes; the oldest files go first. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(folder: string, name: string, type: string, bytes: Buffer): StoredFile {
    this.#count += 1;
    const extension = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? '';
    const file: StoredFile = {
      id: `Ag${randomBytes(36).toString('base64url')}`,
      uniqueId: `AQ${randomBytes(9).toString('base64url')}`,
      path: `${folder}/file_${this.#count}${extension}`,
      name,
      type,
      bytes,
    };
    this.#byId.set(file.id, file);
    this.#byPath.set(file.path, file);
    this.#bytes += bytes.length;
    for (const oldest of this.#byId.values()) {
      if (this.#bytes <= this.#limit || oldest === file) break;
      this.#byId.delete(oldest.id);
      this.#byPath.delete(oldest.path);
      this.#bytes -= oldest.bytes.length;
    }
    return file;
  }

  byId(id: string): StoredFile | undefined {
    return this.#byId.get(id);
  }

  byPath(path: string): StoredFile | undefined {
    return this.#byPath.get(path);
  }

  /** What `getFile` answers. Throws a Refusal for an unknown id and a file too big to hand out. */
  describe(id: string): File {
    const file = this.#byId.get(id);
    if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
    if (file.bytes.length > downloadLimit) throw badRequest('file is too big');
    return { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.bytes.length, file_path: file.path };
  }
}
