/** Archives for a public key: age's format, so that `age -d` opens them too. Loaded only where a key is given. */
import { ArchiveFault } from '../faults.ts';

const MAGIC = Buffer.from('age-encryption.org/v1\n');

/** Whether a file that begins with these bytes is encrypted. */
export function isEncrypted(start: Buffer): boolean {
  return start.length >= MAGIC.length && start.subarray(0, MAGIC.length).equals(MAGIC);
}

/** Encrypts for `recipient` ('age1…'). Streams: 64 KiB are held at a time. */
export async function* encrypted(source: AsyncIterable<Buffer>, recipient: string): AsyncGenerator<Buffer> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const output = await encrypter.encrypt(ReadableStream.from(source));
  for await (const chunk of output) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** Decrypts with `identity` ('AGE-SECRET-KEY-1…'). @throws ArchiveFault when it was encrypted for another key, or is damaged. */
export async function* decrypted(source: AsyncIterable<Buffer>, identity: string): AsyncGenerator<Buffer> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  let broken: unknown;
  const watched = async function* () {
    try {
      yield* source;
    } catch (error) {
      broken = error;
      throw error;
    }
  };
  try {
    const output = await decrypter.decrypt(ReadableStream.from(watched()));
    for await (const chunk of output) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  } catch (error) {
    if (broken !== undefined) throw broken;
    if (error instanceof ArchiveFault) throw error;
    if (error instanceof Error && /no identity matched/i.test(error.message))
      throw new ArchiveFault('locked', 'is encrypted for another key than BACKUP_AGE_IDENTITY', error);
    throw new ArchiveFault('damaged', 'is encrypted and damaged or cut short', error);
  }
}
