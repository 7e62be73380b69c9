/** Guards a start against a database that goes away in the middle of it: wherever that falls, the start waits and then is ready. */
import { expect, test } from 'vitest';
import { startWired } from '../../test/e2e/database-wire.ts';

/** Starts and ends one Steward for each number: the server stops at that packet of it. What goes wrong is put into `wrong`. */
async function startsAround(packets: readonly number[], wrong: string[]): Promise<void> {
  const { steward, wire, end } = await startWired({ mode: 'polling', idle: true });
  try {
    for (const packet of packets) {
      wire.stopAt(packet);
      await steward.start().catch((error: Error) => wrong.push(`packet ${packet}: ${error.message}`));
      await steward.stop().catch((error: Error) => wrong.push(`end after packet ${packet}: ${error.message}`));
    }
  } finally {
    await end();
  }
}

test('a database that stops at any moment of a start is waited for, and the start ends well', async () => {
  const { wire, end } = await startWired({ mode: 'polling' });
  // How many packets a start sends: the moments at which the server can go.
  const packets = wire.packets();
  await end();
  expect(packets).toBeGreaterThan(20);
  const wrong: string[] = [];
  const share = (own: number) => Array.from({ length: packets }, (_, packet) => packet).filter((n) => n % 4 === own);
  await Promise.all([0, 1, 2, 3].map((own) => startsAround(share(own), wrong)));
  expect(wrong).toEqual([]);
});
