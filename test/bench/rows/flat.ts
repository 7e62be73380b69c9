/** Memory over a hundred thousand messages of many people: what is kept of each would be seen. */
import { digits, ms, percentile, slope } from '../figures.ts';
import { residentMiB } from '../machine.ts';
import { type Bench, judged, type Row } from '../report.ts';
import type { Server } from '../stage/server.ts';
import { startStandIn } from '../stage/standin.ts';
import { botSettings, startSteward } from '../stage/steward.ts';

const PEOPLE = Array.from({ length: 40 }, (_, index) => 7_000 + index);
/** Written by each person at once, before memory is looked at. */
const TEXTS = [
  'buy milk {n}',
  'call Bob tomorrow 3pm about {n} #sales !high',
  'позвонить маме {n} завтра в 15:00',
  'remind me to stretch {n} in 3 days',
  '/today',
  '/list',
  '/search milk {n}',
  'done with milk {n}',
  '/undo',
  '/history',
] as const;

export const flat = (server: Server) => ({
  name: 'flat',
  async run(bench: Bench): Promise<Row[]> {
    const messages = bench.quick ? 8_000 : 100_000;
    const database = await server.database();
    const standIn = await startStandIn();
    await standIn.people(PEOPLE);
    const steward = await startSteward({
      folder: server.folder('flat'),
      settings: botSettings(standIn, database.url, PEOPLE),
      mode: 'webhook',
    });
    try {
      const memory: Array<readonly [thousands: number, mib: number]> = [];
      const begun = performance.now();
      for (let sent = 0, round = 0; sent < messages; round += 1) {
        const texts = TEXTS.map((text) => text.replace('{n}', String(round)));
        await Promise.all(PEOPLE.map((person) => standIn.burst(person, texts)));
        sent += PEOPLE.length * TEXTS.length;
        memory.push([sent / 1000, residentMiB(steward.pid)]);
        if (round % 25 === 0) bench.note(`${sent} messages, ${digits(residentMiB(steward.pid))} MB`);
      }
      const seconds = (performance.now() - begun) / 1000;
      // Pools fill and code is compiled first.
      const settled = memory.slice(Math.floor(memory.length * 0.4));
      const growth = slope(settled) * 10;
      const at = (part: number) =>
        percentile(
          memory.slice(Math.floor(memory.length * part), Math.ceil(memory.length * (part + 0.1))).map(([, mib]) => mib),
          0.5,
        );
      const row = {
        what: `memory over ${messages.toLocaleString('en')} messages of ${PEOPLE.length} people`,
        measured: `${digits(growth)} MB in 10,000 (RSS ${digits(at(0.4))} MB at 40 %, ${digits(at(0.9))} MB at the end)`,
        target: 'slope about 0: < 1 MB in 10,000',
        beside: `${digits(messages / seconds)}/s, ${ms(seconds * 1000)} in all`,
      };
      return [bench.quick ? { ...row, verdict: 'shown' } : judged(growth < 1, row)];
    } finally {
      for (const complaint of steward.complaints.slice(0, 5)) bench.note(complaint);
      await steward.stop();
      await standIn.stop();
      await database.drop();
    }
  },
});
