/** Guards the format: whatever happens to an archive's bytes, or whoever made them, reading it says so; and any tar opens it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { beforeAll, describe, expect, test } from 'vitest';
import { ArchiveFault } from '../faults.ts';
import { decrypted, encrypted } from './encryption.ts';
import { type AttachmentContent, HEAD, type Head, MANIFEST, type Manifest, PIECE } from './format.ts';
import { type Proof, readArchive } from './read.ts';
import { sealed } from './seal.ts';
import { framed, tarEnd } from './tar.ts';
import { writeArchive } from './write.ts';

const head: Head = {
  format: 'steward-backup',
  version: 1,
  createdAt: '2026-11-25T03:15:00.000Z',
  steward: '0.1.0',
  postgres: '18.4',
  migrations: [{ name: '20261122041348_foundation', checksum: 'a'.repeat(64) }],
  masterKeys: ['k1'],
  tables: [
    { name: 'empty', columns: [{ name: 'id', type: 'integer' }] },
    {
      name: 'tasks',
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'title', type: 'text' },
      ],
    },
  ],
};
const ROWS = '1\tCall Bob\n2\tтаблица\\nдва\n3\t\\N\n';

async function* of(...chunks: Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

async function all(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const PHOTO = Buffer.from('\u0000not a picture');
const nameOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');

function writing(rows: Buffer = Buffer.from(ROWS), count = 3, photos: readonly AttachmentContent[] = []) {
  return writeArchive({
    head,
    async *attachments() {
      yield* photos;
    },
    rows: (table) => ({
      stream: table.name === 'tasks' ? of(rows.subarray(0, 7), rows.subarray(7)) : of(),
      count: () => (table.name === 'tasks' ? count : 0),
    }),
    sequences: async () => [{ name: 'tasks_id_seq', last: '3', called: true }],
  });
}

const archive = () => all(sealed(writing().stream));

/** What reading these bytes says: 'good', or the kind of fault. */
async function saidOf(bytes: Buffer, identity?: string): Promise<string> {
  try {
    await readArchive(of(...(bytes.length > 0 ? [bytes] : [])), { identity });
    return 'good';
  } catch (error) {
    if (error instanceof ArchiveFault) {
      expect(error.message).toMatch(/^The archive .*\. Mend: .*\.$/s);
      return error.fault;
    }
    throw error;
  }
}

let good: Buffer;
beforeAll(async () => {
  good = await archive();
});

describe('an archive', () => {
  test('gives back every row, and says what it holds', async () => {
    const rows: string[] = [];
    const proof: Proof = await readArchive(of(good), {
      onTable: async (table, stream) => void rows.push(`${table.name}:${(await all(stream)).toString()}`),
    });
    expect(rows).toEqual(['empty:', `tasks:${ROWS}`]);
    expect(proof.manifest).toMatchObject({ rows: 3, tables: [{ rows: 0 }, { rows: 3 }], masterKeys: ['k1'] });
    expect(proof).toMatchObject({ bytes: good.length, sha256: createHash('sha256').update(good).digest('hex') });
  });

  test('gives back files, whole and by their checksum, and none under another', async () => {
    const large = Buffer.alloc(PIECE + 5, 7);
    const photos = [Buffer.alloc(0), PHOTO, large]
      .map((content) => ({ sha256: nameOf(content), content }))
      .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
    const [first, ...others] = photos;
    const found: AttachmentContent[] = [];
    const { manifest } = await readArchive(of(await all(sealed(writing(undefined, 3, photos).stream))), {
      onAttachment: async (attachment) => void found.push(attachment),
    });
    expect(found).toEqual(photos);
    expect(manifest.attachments).toEqual(photos.map(({ sha256, content }) => ({ sha256, bytes: content.length })));
    const said = async (files: AttachmentContent[]) => saidOf(await all(sealed(writing(undefined, 3, files).stream)));
    expect(await said([{ sha256: nameOf(PHOTO), content: large }])).toBe('damaged');
    expect(await said([{ sha256: '../../etc/passwd', content: PHOTO }])).toBe('hostile');
    expect(first && (await said([...others, first]))).toBe('hostile');
    expect(first && (await said([first, first]))).toBe('hostile');
  });

  test('is opened by any tar, and gzip finds nothing wrong with it', (context) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'steward-archive-'));
    try {
      const file = path.join(folder, 'a.tar.gz');
      writeFileSync(file, good);
      const listed = spawnSync('tar', ['tzf', file], { encoding: 'utf8' });
      context.skip(listed.error !== undefined, 'no tar on this machine');
      expect(listed).toMatchObject({
        status: 0,
        stderr: '',
        stdout: ['steward-backup.json', 'data/tasks/000000', 'manifest.json', ''].join('\n'),
      });
      expect(spawnSync('tar', ['xzOf', file, 'data/tasks/000000'], { encoding: 'utf8' }).stdout).toBe(ROWS);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('tables larger than a piece come in several, none larger', async () => {
    const row = Buffer.from(`${'x'.repeat(999)}\n`);
    const count = Math.ceil((PIECE * 2.5) / row.length);
    const made = writing(Buffer.concat(Array.from({ length: count }, () => row)), count);
    const bytes = await all(sealed(made.stream));
    const sizes: number[] = [];
    await readArchive(of(bytes), {
      onTable: async (_, stream) => {
        for await (const piece of stream) sizes.push(piece.length);
      },
    });
    expect(sizes).toEqual([PIECE, PIECE, count * 1000 - 2 * PIECE]);
  });
});

describe('damage', () => {
  test('one bit flipped in any byte is seen', async () => {
    for (let at = 0; at < good.length; at += 1) {
      const bytes = Buffer.from(good);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
      expect(await saidOf(bytes), `byte ${at} of ${good.length}`).not.toBe('good');
    }
  });

  test('cut short anywhere is seen; nothing at all is called empty', async () => {
    expect(await saidOf(Buffer.alloc(0))).toBe('empty');
    for (let length = 1; length < good.length; length += 1)
      expect(await saidOf(good.subarray(0, length)), `${length} of ${good.length} bytes`).not.toBe('good');
    expect(await saidOf(good.subarray(0, good.length - 40))).toBe('truncated');
  });

  test('bytes behind the end are seen, and another file is none of ours', async () => {
    expect(await saidOf(Buffer.concat([good, Buffer.from('x')]))).not.toBe('good');
    expect(await saidOf(Buffer.concat([good, good]))).not.toBe('good');
    expect(await saidOf(Buffer.from('hello '.repeat(100)))).toBe('foreign');
    expect(await saidOf(gzipSync('hello '.repeat(1000)))).not.toBe('good');
  });
});

describe('made by hand', () => {
  /** An archive with members of one's own between head and manifest, rightly sealed, whose manifest knows them all. */
  async function handmade(
    change: (parts: { members: Array<[string, Buffer]>; manifest: Manifest }) => void,
  ): Promise<string> {
    const made = writing();
    await all(made.stream);
    const members: Array<[string, Buffer]> = [
      [HEAD, Buffer.from(JSON.stringify(head))],
      ['data/tasks/000000', Buffer.from(ROWS)],
    ];
    const parts = { members, manifest: structuredClone(made.manifest()) };
    change(parts);
    const sha = (content: Buffer) => createHash('sha256').update(content).digest('hex');
    const listed = parts.members.map(([name, content]) => ({ name, bytes: content.length, sha256: sha(content) }));
    const manifest = Buffer.from(JSON.stringify({ ...parts.manifest, members: listed }));
    const framing = [...parts.members, [MANIFEST, manifest] as const].flatMap(([name, content]) =>
      framed(name, content, 0),
    );
    return saidOf(await all(sealed(of(...framing, tarEnd()))));
  }

  test('the same by hand is good: what follows is refused for its content', async () => {
    expect(await handmade(() => {})).toBe('good');
  });

  test.each([
    ['../../etc/passwd'],
    ['/etc/passwd'],
    ['data/../../x'],
    ['data/tasks/../000001'],
    ['data/Tasks/000001'],
    ['other.json'],
  ])('a member called %s is refused', async (name) => {
    expect(await handmade(({ members }) => members.push([name, Buffer.from('x\n')]))).toBe('hostile');
  });

  test('a member twice, out of order, or of an unknown table is refused', async () => {
    expect(await handmade(({ members }) => members.push(['data/tasks/000000', Buffer.from(ROWS)]))).toBe('hostile');
    expect(await handmade(({ members }) => members.push(['data/tasks/000002', Buffer.from(ROWS)]))).toBe('hostile');
    expect(await handmade(({ members }) => members.push(['data/secrets/000000', Buffer.from(ROWS)]))).toBe('hostile');
  });

  test('a missing member is seen by its rows, fewer rows than told by their number', async () => {
    expect(await handmade(({ members }) => members.pop())).toBe('damaged');
    expect(
      await handmade(({ members }) => {
        members[1] = ['data/tasks/000000', Buffer.from('1\tCall Bob\n')];
      }),
    ).toBe('damaged');
  });

  test('what we never make, because it would only fill memory, is refused before it is read', async () => {
    const filler = Array(3_500_000).fill({});
    const bloated = Buffer.from(JSON.stringify({ ...head, filler }));
    for (const change of [
      ({ members }) => members.push(['data/tasks/000001', Buffer.alloc(PIECE + 1, 10)]),
      ({ members }) =>
        members.push(['data/tasks/000001', Buffer.from('4\tone more, behind a piece that is not full\n')]),
      ({ members }) => void members.splice(0, 1, [HEAD, bloated]),
      ({ manifest }) => Object.assign(manifest, { filler }),
    ] satisfies Array<Parameters<typeof handmade>[0]>)
      expect(await handmade(change)).toBe('hostile');
  });

  test('links, folders and devices are refused', async () => {
    for (const kind of ['1', '2', '5', '6', 'x', 'L']) {
      const [header] = framed('data/tasks/000000', Buffer.alloc(0), 0);
      header.write(kind, 156, 'latin1');
      header.fill(' ', 148, 156);
      header.write(
        header
          .reduce((sum, byte) => sum + byte, 0)
          .toString(8)
          .padStart(6, '0')
          .concat('\0 '),
        148,
        'latin1',
      );
      const [first, content, padding] = framed(HEAD, Buffer.from(JSON.stringify(head)), 0);
      expect(await saidOf(await all(sealed(of(first, content, padding, header, tarEnd()))))).toBe('hostile');
    }
  });

  test('a column type or name that could be a statement is no archive of ours', async () => {
    for (const type of ['text); DROP TABLE tasks; --', 'text, x text', 'int DEFAULT 1'])
      expect(
        await handmade(({ members }) => {
          const tables = [{ name: 'tasks', columns: [{ name: 'id', type }] }];
          members[0] = [HEAD, Buffer.from(JSON.stringify({ ...head, tables }))];
        }),
      ).toBe('foreign');
  });

  test('a newer format says so', async () => {
    expect(
      await handmade(({ members }) => {
        members[0] = [HEAD, Buffer.from(JSON.stringify({ format: 'steward-backup', version: 2, layout: [] }))];
      }),
    ).toBe('newer');
  });
});

describe('encrypted', () => {
  test('it opens with its key alone, and says what is wrong without', async () => {
    const [own, other] = [await generateIdentity(), await generateIdentity()];
    const bytes = await all(encrypted(of(good), await identityToRecipient(own)));
    expect(await saidOf(bytes, own)).toBe('good');
    expect(await saidOf(bytes)).toBe('locked');
    expect(await saidOf(bytes, other)).toBe('locked');
    expect(bytes.includes('tasks')).toBe(false);
    expect((await all(decrypted(of(bytes), own))).equals(good)).toBe(true);
  });

  test('a flipped bit or a cut is seen', async () => {
    const own = await generateIdentity();
    const bytes = await all(encrypted(of(good), await identityToRecipient(own)));
    for (let at = 0; at < bytes.length; at += 37) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      expect(await saidOf(changed, own), `byte ${at}`).not.toBe('good');
    }
    for (let length = 0; length < bytes.length; length += 41)
      expect(await saidOf(bytes.subarray(0, length), own), `${length} bytes`).not.toBe('good');
  });
});
