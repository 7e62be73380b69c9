/**
 * Tar as far as an archive needs it: plain files one after another (ustar). Reading is stricter than any tar: no links, folders,
 * extensions or second meanings, and never a file on a disk. So there is no name that could lead anywhere.
 */
import { ArchiveFault } from '../faults.ts';

const BLOCK = 512;
const END = Buffer.alloc(BLOCK * 2);
/** Bytes of the name field, less the zero that ends it. */
const LONGEST_NAME = 99;

/** A member as it is read: whole, since none is larger than the reader allows. */
export interface Member {
  readonly name: string;
  readonly content: Buffer;
}

/** `position`: bytes from the start of the header. */
function octal(header: Buffer, value: number, position: number, length: number): void {
  header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, position, length, 'latin1');
}

/** Sum of the header's bytes with the field of the sum taken as blanks. */
function checksum(header: Buffer): number {
  let sum = 8 * 0x20;
  for (let index = 0; index < BLOCK; index += 1) if (index < 148 || index >= 156) sum += header[index] ?? 0;
  return sum;
}

/** Header and padding of a member of `content`, which stands between them. */
export function framed(name: string, content: Buffer, seconds: number): [Buffer, Buffer, Buffer] {
  const header = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > LONGEST_NAME) throw new Error(`${name} is too long for a tar`);
  header.write(name, 0, 'latin1');
  octal(header, 0o600, 100, 8);
  octal(header, 0, 108, 8);
  octal(header, 0, 116, 8);
  octal(header, content.length, 124, 12);
  octal(header, seconds, 136, 12);
  header.write('0', 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return [header, content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)];
}

/** What ends a tar. */
export function tarEnd(): Buffer {
  return END;
}

/** Gives exactly as many bytes as asked for, whatever the pieces they come in. */
function bytesOf(source: AsyncIterable<Buffer>): {
  take(count: number): Promise<Buffer | undefined>;
  rest(): Promise<Buffer>;
} {
  const iterator = source[Symbol.asyncIterator]();
  let waiting: Buffer[] = [];
  let held = 0;
  const more = async (): Promise<boolean> => {
    const next = await iterator.next();
    if (next.done) return false;
    waiting.push(next.value);
    held += next.value.length;
    return true;
  };
  return {
    /** undefined at the end */
    async take(count) {
      while (held < count) if (!(await more())) return undefined;
      const all = waiting.length === 1 ? (waiting[0] ?? END) : Buffer.concat(waiting);
      waiting = [all.subarray(count)];
      held = all.length - count;
      return all.subarray(0, count);
    },
    /** all that follows, at most a few blocks of it */
    async rest() {
      while (held <= 20 * BLOCK) if (!(await more())) break;
      return Buffer.concat(waiting);
    },
  };
}

function field(header: Buffer, position: number, length: number): string {
  const text = header.toString('latin1', position, position + length);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

function number(header: Buffer, position: number, length: number): number {
  const text = field(header, position, length).trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}

/** Name and size of a member. @throws ArchiveFault for anything but a plain file of at most `most(name)` bytes. */
function readHeader(header: Buffer, most: (name: string) => number): { name: string; size: number } {
  if (number(header, 148, 8) !== checksum(header) || field(header, 257, 6) !== 'ustar')
    throw new ArchiveFault('damaged', 'has a member without a proper header');
  const name = field(header, 0, 100);
  const kind = header.toString('latin1', 156, 157);
  if (kind !== '0' || field(header, 345, 155) !== '')
    throw new ArchiveFault('hostile', 'holds something other than plain files');
  const size = number(header, 124, 12);
  if (!(size <= most(name)))
    throw new ArchiveFault('hostile', `holds a member larger than any we make (${shown(name)})`);
  return { name, size };
}

/** A name for people: what a stranger may have written is cut and quoted. */
export function shown(name: string): string {
  return JSON.stringify(name.slice(0, 60));
}

/** Reads members in their order. `most` gives the bytes a member of this name may have, or throws. */
export async function* readTar(source: AsyncIterable<Buffer>, most: (name: string) => number): AsyncGenerator<Member> {
  const bytes = bytesOf(source);
  for (;;) {
    const header = await bytes.take(BLOCK);
    if (!header) throw new ArchiveFault('truncated', 'ends in the middle');
    if (header.every((byte) => byte === 0)) break;
    const { name, size } = readHeader(header, most);
    const content = await bytes.take(size + ((BLOCK - (size % BLOCK)) % BLOCK));
    if (!content) throw new ArchiveFault('truncated', 'ends in the middle');
    yield { name, content: content.subarray(0, size) };
  }
  const rest = await bytes.rest();
  if (rest.length !== BLOCK || rest.some((byte) => byte !== 0))
    throw new ArchiveFault('damaged', 'goes on after its end');
}
