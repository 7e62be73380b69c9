/** The parameters of one call, read the way Telegram reads them: every value may come as JSON or as the text of it. */
import { badRequest } from './refusal.ts';

/** A file uploaded in a multipart body. */
export interface UploadedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export class Params {
  readonly values: JsonObject;
  readonly files: ReadonlyMap<string, UploadedFile>;

  constructor(values: JsonObject, files: ReadonlyMap<string, UploadedFile> = new Map()) {
    this.values = values;
    this.files = files;
  }

  has(name: string): boolean {
    const value = this.values[name];
    return value !== undefined && value !== null;
  }

  /** The value as text; numbers and booleans as their text. */
  text(name: string): string | undefined {
    const value = this.values[name];
    if (value === undefined || value === null) return undefined;
    const text = typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
    if (!text.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
    return text;
  }

  /** The value as a whole number. Text that is no number counts as absent where Telegram does so: the caller decides. */
  integer(name: string): number | undefined {
    const value = this.values[name];
    if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
    if (typeof value === 'string' && /^\s*-?\d{1,16}\s*$/.test(value)) {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : undefined;
    }
    return undefined;
  }

  /** A number with a fraction, as latitude is. */
  number(name: string): number | undefined {
    const value = this.values[name];
    const number =
      typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
    return Number.isFinite(number) ? number : undefined;
  }

  flag(name: string): boolean {
    const value = this.values[name];
    return value === true || value === 1 || (typeof value === 'string' && /^(true|yes|1)$/i.test(value.trim()));
  }

  /** The value as JSON: an object or array given as such or as its text. `what` names it in the error. */
  json(name: string, what = name): unknown {
    const value = this.values[name];
    if (typeof value !== 'string') return value ?? undefined;
    if (value === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw badRequest(`can't parse ${what} JSON object`);
    }
  }
}
