/** "Move it to monday": what the conversation was about just now; asked about where it was about nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER, type Person, type Steward, startSteward } from './steward.ts';

let steward: Steward;
let owner: Person;
beforeAll(async () => {
  steward = await startSteward({ mode: 'polling', people: [OWNER] });
  owner = steward.person();
});
afterAll(() => steward?.end());

test('"it" is the task or reminder of the newest message, and a while later it is asked about', async () => {
  await owner.say('paint the shed');
  await owner.say('ring the plumber in 5 days at 3pm');
  expect(await owner.say('move it by 2 days')).toContain('Ring the plumber');
  expect(await owner.say('done with it')).toContain('✅ Ring the plumber');
  await owner.say('/undo');
  expect(await owner.say('отметь это как сделано')).toContain('Ring the plumber');
  await owner.say('/undo');
  await owner.say('remind me to stretch the back in 5 hours');
  expect(await owner.say('delete it')).toContain('tretch the back');
  await owner.say('wash the windows');
  steward.clock.move(3_600_000);
  const asked = await owner.say('delete it');
  expect(asked).toContain('hich');
  expect(owner.buttons().join()).toContain('wash the windows');
});
