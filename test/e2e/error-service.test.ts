/** SENTRY_DSN in the whole program: an unexpected error reaches the service, without what anybody wrote, and a service that hangs holds up nothing. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownTime } from '../support/steady/own-time.ts';
import { type Steward, startSteward, until } from './steward.ts';

const bodies: string[] = [];
let hangs = false;
const service = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    bodies.push(body);
    if (!hangs) response.end('{}');
  });
});
let steward: Steward;
beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const address = service.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  steward = await startSteward({
    mode: 'webhook',
    env: { SENTRY_DSN: `http://planted_dsn_key@127.0.0.1:${port}/3`, NODE_ENV: 'staging' },
  });
});
afterAll(async () => {
  await steward?.end();
  service.closeAllConnections();
  service.close();
});

it('the service gets the error with reference, release and environment, the log no key of it', async () => {
  steward.app().unexpected(new TypeError('planted words of a person'), 'job.test');
  await until('it was told', () => bodies.length === 1);
  const event = JSON.parse(bodies[0]?.split('\n')[2] ?? '{}');
  expect(event).toMatchObject({ environment: 'staging', release: expect.stringMatching(/^steward@\d+\.\d+\.\d+/) });
  const [row] = await steward.db.query<{ lastRef: string; fingerprint: string }>('SELECT * FROM stored_errors');
  expect(event.tags.ref).toBe(row?.lastRef);
  expect(event.fingerprint).toEqual([row?.fingerprint]);
  expect(bodies.join('')).not.toContain('planted');
  expect(steward.log.join('')).not.toContain('planted_dsn_key');
});

it('answers come, and the end comes, while the service hangs', async () => {
  hangs = true;
  steward.app().unexpected(new RangeError('another'), 'job.test');
  await until('it was told', () => bodies.length === 2);
  expect(await steward.person().say('call Bob tomorrow')).toContain('Call Bob');
  expect((await ownTime(() => steward.stop())).ms).toBeLessThan(5_000);
});
