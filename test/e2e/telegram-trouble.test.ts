/** Telegram's refusals of the whole bot: another poller, a foreign webhook, a revoked token, a group that throws it out. Each is told, and mended or waited for. */
import { afterEach, describe, expect, it } from 'vitest';
import { OWNER, type Steward, startSteward, until } from './steward.ts';

const GROUP = -4242;

describe('trouble with Telegram', () => {
  const open: Steward[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((steward) => steward.end()));
  });
  async function steward(options: Partial<Parameters<typeof startSteward>[0]> = {}): Promise<Steward> {
    const made = await startSteward({ mode: 'polling', ...options });
    open.push(made);
    return made;
  }
  const health = async (of: Steward) =>
    (await (await fetch(`${of.metricsUrl()}/health`)).json()) as {
      status: string;
      checks: Record<string, { status: string; message?: string }>;
    };

  it('says that another program polls, stays ready, and takes over when that one ends', async () => {
    const mine = await steward();
    const owner = mine.person();
    await owner.say('/list');
    const api = `${mine.sandbox.url}/bot${mine.sandbox.token}`;
    let other = true;
    let offset = 0;
    const rival = (async () => {
      while (other) {
        const response = await fetch(`${api}/getUpdates?timeout=1&offset=${offset}`);
        const body = (await response.json()) as { result?: Array<{ update_id: number }> };
        for (const update of body.result ?? []) offset = update.update_id + 1;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    // The two take turns: the next look may fall into one of ours.
    await until('the conflict is told', async () => {
      const { status, message } = (await health(mine)).checks['telegram'] ?? {};
      return status === 'degraded' && /another program polls/.test(message ?? '');
    });
    expect(mine.log.join('')).toMatch(/another program polls with this token.*Mend/);
    expect((await fetch(`${mine.publicUrl()}/health/ready`)).status).toBe(200);
    other = false;
    await rival;
    owner.user.send('still yours?');
    await until('it is answered', () => owner.texts().at(-1) === 'still yours?');
  });

  it('takes away a webhook that someone set, keeping what waited there', async () => {
    const mine = await steward({ idle: true });
    const api = `${mine.sandbox.url}/bot${mine.sandbox.token}`;
    await fetch(`${api}/setWebhook?url=http://127.0.0.1:9/nobody`);
    const owner = mine.person();
    owner.user.send('sent before it started');
    await mine.start();
    await until('it is answered', () => owner.texts().includes('sent before it started'));
    expect(mine.sandbox.delivery.webhookInfo().url).toBe('');
    expect(mine.log.join('')).toMatch(/a webhook was set for this bot; removed/);
    // And again while it runs.
    await fetch(`${api}/setWebhook?url=http://127.0.0.1:9/nobody`);
    owner.user.send('sent while it was taken');
    await until('that too', () => owner.texts().includes('sent while it was taken'));
  });

  it.each(['polling', 'webhook'] as const)(
    'says that the token is refused, and by %s answers what came meanwhile once it is good again',
    async (mode) => {
      const mine = await steward({ mode });
      const owner = mine.person();
      await owner.say('/list');
      mine.sandbox.revoked = true;
      owner.user.send('sent while the token was refused');
      if (mode === 'polling') {
        // The poll under way ends with the message; the next one is refused.
        await until(
          'it is handled',
          async () => (await mine.db.query("SELECT 1 FROM updates WHERE state = 'handled'")).length >= 2,
        );
      }
      await until(
        'it is told',
        async () => (await health(mine)).checks['telegram']?.message === 'Telegram refuses the token',
      );
      expect((await health(mine)).status).not.toBe('down');
      expect((await fetch(`${mine.publicUrl()}/health/ready`)).status).toBe(200);
      expect(mine.log.join('')).not.toContain(mine.sandbox.token.split(':')[1]);
      mine.sandbox.revoked = false;
      mine.clock.move(60_000);
      await until('it is answered', () => owner.texts().includes('sent while the token was refused'));
      await mine.quiet();
      owner.user.send('sent afterwards');
      await until('it serves', () => owner.texts().includes('sent afterwards'));
      expect(owner.texts().filter((text) => text === 'sent while the token was refused')).toHaveLength(1);
    },
  );

  it('sets its webhook right when it starts, whatever was there', async () => {
    const mine = await steward({ mode: 'webhook', idle: true });
    await fetch(`${mine.sandbox.url}/bot${mine.sandbox.token}/setWebhook?url=http://127.0.0.1:9/nobody`);
    const owner = mine.person();
    owner.user.send('waiting for you');
    await mine.start();
    await until('the message is answered', () => owner.texts().includes('waiting for you'));
    expect(mine.sandbox.delivery.webhookInfo().url).toContain(mine.webhookPath);
  });

  it('is thrown out of a group without a word, and goes on in private', async () => {
    const mine = await steward();
    const owner = mine.person();
    mine.sandbox.group(GROUP, 'Family', [owner.user]);
    owner.user.send('/list', { chat: GROUP });
    await mine.sandbox.updates.drained();
    mine.sandbox.kick(GROUP);
    mine.sandbox.inject(
      {
        my_chat_member: {
          chat: { id: GROUP, type: 'group', title: 'Family' },
          from: owner.user.profile,
          date: 1_700_000_000,
          old_chat_member: { status: 'member', user: mine.sandbox.world.me },
          new_chat_member: { status: 'kicked', user: mine.sandbox.world.me, until_date: 0 },
        },
      },
      String(GROUP),
    );
    expect(await owner.say('/list')).toContain('Nothing is open');
    expect(mine.sandbox.messages(GROUP).filter((seen) => seen.fromBot)).toEqual([]);
    expect(await mine.db.query('SELECT kind, summary FROM stored_errors')).toEqual([]);
  });

  it('claims few of the answers that wait in one chat, so that few say they are repeated should it die; they keep their order', async () => {
    const mine = await steward();
    const owner = mine.person();
    await owner.say('/list');
    mine.sandbox.faults.add({ method: 'sendMessage', count: 1, effect: { kind: 'delay', ms: 1_000 } });
    const asked = Array.from({ length: 40 }, (_, index) => `buy apples ${index + 100}`);
    for (const text of asked) owner.user.send(text);
    await until(
      'all are handled',
      async () => (await mine.db.query("SELECT 1 FROM updates WHERE state = 'handled'")).length > asked.length,
    );
    const [onTheirWay] = await mine.db.query<{ count: number }>(
      "SELECT count(*) AS count FROM outbox WHERE state = 'sending'",
    );
    expect(onTheirWay?.count).toBeLessThanOrEqual(10);
    await until('all are answered', () => owner.texts().filter((text) => text.includes('apples')).length === 40);
    const answered = owner.texts().flatMap((text) => /apples (\d+)/.exec(text)?.[1] ?? []);
    expect(answered).toEqual(asked.map((text) => text.slice(-3)));
  });

  it('starts with Telegram unreachable, is ready, and works as soon as it is there', async () => {
    const mine = await steward({ idle: true });
    const everything = mine.sandbox.faults.add({ effect: { kind: 'reset', accepted: false } });
    const polls = mine.sandbox.faults.add({ method: 'getUpdates', effect: { kind: 'reset', accepted: false } });
    await mine.start();
    expect((await fetch(`${mine.publicUrl()}/health/ready`)).status).toBe(200);
    const owner = mine.person();
    owner.user.send('sent while it was unreachable');
    await new Promise((resolve) => setTimeout(resolve, 500));
    mine.sandbox.faults.remove(everything);
    mine.sandbox.faults.remove(polls);
    await until('it is answered', () => owner.texts().includes('sent while it was unreachable'));
    await until('it says that all is well', async () => (await health(mine)).checks['telegram']?.status === 'ok');
    expect(OWNER).toBe(owner.id);
  });
});
