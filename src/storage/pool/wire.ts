/** Messages of PostgreSQL's extended protocol, put together for one write: a statement by the driver is four buffers, ten of them forty. */
import pg from 'pg';

const { prepareValue } = (
  pg as typeof pg & { readonly utils: { prepareValue(value: unknown): string | Buffer | null } }
).utils;

const EXECUTE = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0]);
const DESCRIBE = Buffer.from([0x44, 0, 0, 0, 6, 0x50, 0]);
const SYNC = Buffer.from([0x53, 0, 0, 0, 4]);

const USUAL_BYTES = 16_384;
const MOST_KEPT_BYTES = 1_048_576;
/** One for all: what is written here is taken in the same turn. */
let bytes = Buffer.allocUnsafeSlow(USUAL_BYTES);
let end = 0;

function room(more: number): void {
  if (end + more <= bytes.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(bytes.length * 2, end + more));
  bytes.copy(larger, 0, 0, end);
  bytes = larger;
}

function int16(value: number): void {
  bytes[end] = value >> 8;
  bytes[end + 1] = value;
  end += 2;
}

function int32At(place: number, value: number): void {
  bytes[place] = value >> 24;
  bytes[place + 1] = value >> 16;
  bytes[place + 2] = value >> 8;
  bytes[place + 3] = value;
}

/** A character is at most three bytes of UTF-8 for each unit of UTF-16. */
function text(value: string): void {
  room(value.length * 3 + 1);
  end += bytes.write(value, end);
}

function textToEnd(value: string): void {
  text(value);
  bytes[end] = 0;
  end += 1;
}

function fixed(message: Buffer): void {
  room(message.length);
  message.copy(bytes, end);
  end += message.length;
}

/** Writes a message whose length is known when it is whole. */
function message(code: number, content: () => void): void {
  room(5);
  bytes[end] = code;
  const length = end + 1;
  end += 5;
  content();
  int32At(length, end - length);
}

/** Has the server prepare a statement; '' is the unnamed one. */
export function writeParse(name: string, statement: string): void {
  message(0x50, () => {
    textToEnd(name);
    textToEnd(statement);
    room(2);
    int16(0);
  });
}

/** Binds values to a prepared statement; answers come as text. Throws what a value's own conversion throws. */
export function writeBind(name: string, values: readonly unknown[]): void {
  message(0x42, () => {
    room(1);
    bytes[end] = 0;
    end += 1;
    textToEnd(name);
    room(4 + values.length * 2);
    int16(values.length);
    const formats = end;
    end += values.length * 2;
    bytes.fill(0, formats, end);
    int16(values.length);
    for (let index = 0; index < values.length; index += 1) {
      const value = typeof values[index] === 'string' ? values[index] : prepareValue(values[index]);
      room(4);
      const length = end;
      end += 4;
      if (typeof value === 'string') text(value);
      else if (value instanceof Buffer) {
        fixed(value);
        bytes[formats + index * 2 + 1] = 1;
      }
      int32At(length, value === null ? -1 : end - length - 4);
    }
    room(2);
    int16(0);
  });
}

/** Asks what the bound statement answers with. */
export const writeDescribe = (): void => fixed(DESCRIBE);
export const writeExecute = (): void => fixed(EXECUTE);
/** The barrier: what failed before it is over behind it, and the server sends what it has to say. */
export const writeSync = (): void => fixed(SYNC);

/** Forgets what was written so far. */
export function discard(): void {
  end = 0;
}

/** What was written since the last time. */
export function taken(): Buffer {
  const written = bytes.subarray(0, end);
  end = 0;
  if (bytes.length <= MOST_KEPT_BYTES) return Buffer.from(written);
  // Room for a file's bytes is not kept for the small statements behind it.
  bytes = Buffer.allocUnsafeSlow(USUAL_BYTES);
  return written;
}
