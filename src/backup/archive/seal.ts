/**
 * Compression, and the seal that proves every byte of the file: gzip's own checksum leaves its header and the padding of its bits
 * unproved. The seal is a second, empty gzip member whose comment is the SHA-256 of all before it; readers of gzip pass over it.
 */
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { errorCode, errorMessage } from '../../core/errors.ts';
import { ArchiveFault } from '../faults.ts';

const CHUNK = 262_144;
const COMMENT = 'steward sha256 ';

/** The seal over a file whose SHA-256 is `hex`. */
function seal(hex: string): Buffer {
  return Buffer.concat([
    // Magic, deflate, "has a comment", no time, no extra flags, system unknown.
    Buffer.from([0x1f, 0x8b, 8, 0x10, 0, 0, 0, 0, 0, 0xff]),
    Buffer.from(`${COMMENT}${hex}\0`, 'latin1'),
    // An empty block, the checksum and the length of nothing.
    Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
  ]);
}

const SEAL_BYTES = seal('0'.repeat(64)).length;

/** Compresses and seals. Level 1: 280 MB of rows a second here; level 6 took ten times as long to save a quarter of the file. */
export async function* sealed(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gzip = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: CHUNK });
  const feeding = pipeline(source, gzip);
  feeding.catch(() => {});
  const hash = createHash('sha256');
  for await (const chunk of gzip as AsyncIterable<Buffer>) {
    hash.update(chunk);
    yield chunk;
  }
  await feeding;
  yield seal(hash.digest('hex'));
}

/** Passes all but the seal on, and proves it in the end. */
async function* withoutSeal(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let held: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const chunk of source) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (held.length <= SEAL_BYTES) continue;
    if (first && held.readUInt16BE() !== 0x1f8b) throw new ArchiveFault('foreign', 'is no archive of Steward');
    first = false;
    const out = held.subarray(0, held.length - SEAL_BYTES);
    held = Buffer.from(held.subarray(held.length - SEAL_BYTES));
    hash.update(out);
    yield out;
  }
  if (first && held.length === 0) throw new ArchiveFault('empty', 'is empty');
  const hex = hash.digest('hex');
  if (held.equals(seal(hex))) return;
  const isSeal =
    held.length === SEAL_BYTES &&
    held.subarray(0, 10 + COMMENT.length).equals(seal(hex).subarray(0, 10 + COMMENT.length));
  throw isSeal
    ? new ArchiveFault('damaged', 'is damaged: its bytes are not those that were written')
    : new ArchiveFault('truncated', 'ends before its seal: it is cut short or damaged');
}

/** Proves the seal and decompresses. What it yields is proved only once it has ended. */
export async function* unsealed(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  let fault: unknown;
  const feeding = pipeline(async function* () {
    try {
      yield* withoutSeal(source);
    } catch (error) {
      // Told instead of what the decompressor makes of a stream that breaks off.
      fault = error;
      throw error;
    }
  }, gunzip);
  feeding.catch(() => {});
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) yield chunk;
    await feeding;
  } catch (error) {
    if (fault !== undefined) throw fault;
    const code = errorCode(error) ?? '';
    if (code === 'Z_BUF_ERROR') throw new ArchiveFault('truncated', 'ends in the middle', error);
    if (/^Z_/.test(code)) throw new ArchiveFault('damaged', `cannot be decompressed (${errorMessage(error)})`, error);
    throw error;
  }
}
