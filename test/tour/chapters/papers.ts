/** The second Wednesday, later: lists that are pasted, files, voice notes and what others wrote become tasks. */
import { expect } from 'vitest';
import type { Cast } from '../cast.ts';

const file = (name: string, type: string, bytes: string, caption?: string) => ({
  name,
  type,
  bytes: Buffer.from(bytes, 'latin1'),
  caption,
});
const PDF = '%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n';

export async function papers({ stage, ann }: Cast): Promise<void> {
  stage.tell('What arrives in other ways than a typed line: a pasted list, a file, what somebody else wrote.');
  await stage.quietUntil('14:00');
  expect(await ann.says('- buy paint\n- call the landlord friday 10:00\n- return the keys')).toMatchInlineSnapshot(`
    3 tasks?
    1. buy paint
    2. Call the landlord · 📅 Fri 10:00
    3. return the keys
    [Add 3] [One task]
    [Cancel]
  `);
  expect(await ann.presses('Add 3')).toMatchInlineSnapshot(`
    (changed)
    3 tasks added:
    47  buy paint
    48  Call the landlord · 📅 Fri 10:00
    49  return the keys
    [47] [48] [49]
    [Undo]
  `);
  expect(
    await ann.sends('document', file('lease.pdf', 'application/pdf', PDF, 'sign the lease monday !high')),
  ).toMatchInlineSnapshot(`
    Sign the lease
    📅 Mon · 🟠 high · 📎 1 file
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('/files')).toMatchInlineSnapshot(`
    📎 1 file · 77 B of 1024 MB
    1  lease.pdf  77 B  #50 Sign the lease
    [1]
    [Space used]
  `);
  expect(await ann.sends('document', file('copy of lease.pdf', 'application/pdf', PDF))).toMatchInlineSnapshot(`
    copy of lease.pdf
    📎 1 file
    [Undo] [Set date] [Edit]
  `);
  expect(
    await ann.sends('document', file('holiday.jpg', 'image/jpeg', '<html>not a picture</html>')),
  ).toMatchInlineSnapshot(`
    holiday.jpg
    📎 1 file
    [Undo] [Set date] [Edit]
  `);
  expect(await ann.says('/task 50')).toMatchInlineSnapshot(`
    Sign the lease  #50
    📅 Mon · 🟠 high
    📎 1 file
    [Done] [Snooze]
    [Edit] [Notes] [More]
    [📎 Files]
  `);
  expect(await ann.presses('📎 Files')).toMatchInlineSnapshot(`
    (changed)
    📎 Sign the lease · 1 file
    1  lease.pdf  77 B
    [1]
    [＋ File] [◀ Back]
  `);
  expect(await ann.forwards('Bob', 'please bring the contract tomorrow at 9')).toMatchInlineSnapshot(`
    please bring the contract tomorrow at 9
    From Bob
    [Undo] [Set date] [Edit]
    [Tomorrow 09:00]
  `);
  expect(await ann.says('rename buy paint to buy white paint')).toMatchInlineSnapshot(`
    buy white paint
    [Undo] [Set date] [Edit]
  `);
}
