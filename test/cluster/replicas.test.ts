/** Several replicas under traffic: pods killed, a migration rolled through, one that fails, a rollback, and the autoscaler on real figures. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apply, ground, helm, kubectl, outcome, seconds, sleep, told, within } from './commands.ts';
import { type Installation, imageValues, PEOPLE, pod, prepare } from './installation.ts';

interface Traffic {
  /** Ends it, waits until everything is answered; resolves to what was said. */
  end(): Promise<string[]>;
}

describe('three replicas', () => {
  let it: Installation;
  const values = { replicaCount: 3, resources: { requests: { cpu: '20m' } } };
  beforeEach((context) => context.skip(ground.missing !== '', `no cluster: ${ground.missing}`));
  beforeAll(async () => {
    if (ground.missing !== '') return;
    it = await prepare('steward-replicas');
    await it.upgrade(values);
  });
  afterAll(async () => {
    if (ground.missing === '') await it.remove();
  });

  const k = (...given: string[]) => kubectl('-n', it.namespace, ...given);
  const pods = async (): Promise<string[]> =>
    (await k('get', 'pods', '-l', 'app.kubernetes.io/component=app', '-o', 'jsonpath={.items[*].metadata.name}')).split(
      ' ',
    );

  /** Everybody says things, some a second, each of its own. */
  function talk(word: string): Traffic {
    const said: string[] = [];
    let over = false;
    const talking = (async () => {
      while (!over) {
        const thing = `${word} ${String(said.length).padStart(4, '0')}`;
        await it.say(PEOPLE[said.length % PEOPLE.length] ?? 0, thing);
        said.push(thing);
        await sleep(150);
      }
    })();
    return {
      async end() {
        over = true;
        await talking;
        await within(120, 'everything is answered', async () => {
          const [row] = await it.query(
            "SELECT (SELECT count(*) FROM updates WHERE state = 'waiting') + (SELECT count(*) FROM outbox WHERE state IN ('due', 'sending', 'unknown'))",
          );
          const { pendingUpdates } = await it.telegram<{ pendingUpdates: number }>('counters');
          return row === '0' && pendingUpdates === 0;
        });
        return said;
      },
    };
  }

  /** Every thing said became one task and one answer; a second answer says that it is one. */
  async function accounts(said: readonly string[]): Promise<{ lost: string[]; doubled: string[] }> {
    const tasks = (await it.query('SELECT title FROM tasks')).map((title) => title.toLowerCase());
    const heard = (await Promise.all(PEOPLE.map((person) => it.heard(person)))).flat();
    const lost: string[] = [];
    const doubled: string[] = [];
    for (const thing of said) {
      const made = tasks.filter((title) => title === thing).length;
      const answers = heard.filter((text) => text.toLowerCase().includes(thing));
      const plain = answers.filter((text) => !/\(repeat\)/.test(text));
      if (made === 0 || answers.length === 0) lost.push(thing);
      if (made > 1 || plain.length > 1) doubled.push(thing);
    }
    return { lost, doubled };
  }

  test('killed at random under traffic: nothing lost, nothing doubled', async () => {
    const traffic = talk('kill');
    let killed = 0;
    const end = performance.now() + 40_000;
    while (performance.now() < end) {
      await sleep(3_000);
      const there = await pods();
      const victim = there[Math.floor(Math.random() * there.length)] ?? '';
      // In turns without any notice, and with the time a drain gets.
      await k('delete', 'pod', victim, '--wait=false', ...(killed % 2 === 0 ? ['--grace-period=0', '--force'] : []));
      killed += 1;
    }
    const said = await traffic.end();
    const { lost, doubled } = await accounts(said);
    told('pods killed', `${killed}; said ${said.length}, lost ${lost.length}, doubled ${doubled.length}`);
    expect(said.length).toBeGreaterThan(50);
    expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
  });

  test('an upgrade with a migration under traffic: no request fails, nothing lost or doubled', async (context) => {
    context.skip(ground.next === '', 'no second image can be built for this cluster');
    await k('rollout', 'status', 'deployment/steward', '--timeout=120s');
    const ask =
      "let good=0,bad=[];setInterval(async()=>{try{const r=await fetch('http://steward/health/ready',{signal:AbortSignal.timeout(5000),headers:{connection:'close'}});r.ok?good++:bad.push(r.status)}catch(e){bad.push(String(e.cause?.code??e))}},40);" +
      "process.on('SIGUSR2',()=>console.log(JSON.stringify({good,bad})))";
    await apply(it.namespace, pod('client', { command: ['node', '-e', ask] }));
    await k('wait', '--for=condition=Ready', 'pod/client', '--timeout=60s');
    const traffic = talk('roll');
    await sleep(2_000);
    const began = performance.now();
    await it.upgrade({ ...values, image: imageValues(ground.next) });
    told('upgrade with a migration', seconds(began));
    const said = await traffic.end();
    await k('exec', 'client', '--', 'node', '-e', 'process.kill(1, "SIGUSR2")');
    await sleep(1_000);
    const asked = JSON.parse((await k('logs', 'client')).trim().split('\n').at(-1) ?? '') as {
      good: number;
      bad: unknown[];
    };
    const { lost, doubled } = await accounts(said);
    told(
      'requests',
      `${asked.good} answered, ${asked.bad.length} failed; said ${said.length}, lost ${lost.length}, doubled ${doubled.length}`,
    );
    expect(await it.query("SELECT to_regclass('cluster_test') IS NOT NULL")).toEqual(['t']);
    expect(asked.good).toBeGreaterThan(100);
    expect(asked.bad).toEqual([]);
    expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
  });

  test('a rollback takes the previous version back, on the newer schema', async (context) => {
    context.skip(ground.next === '', 'no second image can be built for this cluster');
    await helm(['rollback', 'steward', '1', '-n', it.namespace, '--wait', '--timeout', '180s']);
    expect(await k('get', 'deploy', 'steward', '-o', 'jsonpath={.spec.template.spec.containers[0].image}')).toBe(
      ground.image,
    );
    expect(await it.ask(PEOPLE[0] ?? 0, 'after the rollback')).toMatch(/after the rollback/i);
  });

  test('a migration that fails fails the release, and the pods that run go on, new ones of them too', async (context) => {
    context.skip(ground.broken === '', 'no second image can be built for this cluster');
    // The last pod of the roll before may still be draining.
    const before = await within(90, 'three pods', async () => {
      const there = await pods();
      return there.length === 3 ? there : undefined;
    });
    await expect(it.upgrade({ ...values, image: imageValues(ground.broken) })).rejects.toThrow(/pre-upgrade|migrate/i);
    expect((await pods()).sort()).toEqual(before.sort());
    expect(
      await it.query('SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL'),
    ).toEqual(['1']);
    expect(await it.ask(PEOPLE[0] ?? 0, 'still here')).toMatch(/still here/i);
    // A node that goes away now must not take the installation with it.
    await k('delete', 'pod', before[0] ?? '', '--wait=false');
    await within(90, 'a new pod of the old version', async () => {
      const ready = await k('get', 'deploy', 'steward', '-o', 'jsonpath={.status.readyReplicas}/{.status.replicas}');
      return !(await pods()).includes(before[0] ?? '') && ready === '3/3';
    });
  });

  test('the autoscaler reads real figures, and scales', async (context) => {
    const metrics = await outcome('kubectl', ['get', '--raw', '/apis/metrics.k8s.io/v1beta1/nodes']);
    context.skip(metrics.code !== 0, 'the cluster has no metrics-server');
    await it.query('DELETE FROM _prisma_migrations WHERE finished_at IS NULL');
    const autoscaling = { enabled: true, minReplicas: 1, maxReplicas: 2, targetCPUUtilizationPercentage: 80 };
    await it.upgrade({ ...values, autoscaling });
    const figure = await within(150, 'a measured load', async () => {
      const field =
        'jsonpath={.status.conditions[?(@.type=="ScalingActive")].status} {.status.currentMetrics[0].resource.current.averageUtilization}';
      const [active, load] = (await k('get', 'hpa', 'steward', '-o', field)).split(' ');
      return active === 'True' && load !== '' ? load : undefined;
    });
    told('load the autoscaler sees', `${figure} % of the request`);
    // Three are more than it allows.
    await within(
      90,
      'at most two pods',
      async () => Number(await k('get', 'hpa', 'steward', '-o', 'jsonpath={.status.desiredReplicas}')) <= 2,
    );
  });
});
