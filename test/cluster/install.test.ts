/** From the image to a conversation, its probes, its metrics, its policies, and `helm test`. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apply, ground, helm, kubectl, outcome, seconds, told, within } from './commands.ts';
import { forward, type Installation, PEOPLE, pod, prepare } from './installation.ts';

const [ANN = 0] = PEOPLE;

describe('an installation', () => {
  let it: Installation;
  beforeEach((context) => context.skip(ground.missing !== '', `no cluster: ${ground.missing}`));
  beforeAll(async () => {
    if (ground.missing === '') it = await prepare('steward-install');
  });
  afterAll(async () => {
    if (ground.missing === '') await it.remove();
  });

  test('the image is smaller than 350 MB unpacked', (context) => {
    context.skip(ground.imageBytes === 0, 'the image was given, not built here');
    told('image', `${Math.round(ground.imageBytes / 1e6)} MB`);
    expect(ground.imageBytes).toBeLessThan(350e6);
  });

  test('helm install is ready within a minute, in a namespace of restricted pods', async () => {
    const began = performance.now();
    expect(await it.upgrade()).toContain('helm test steward');
    told('helm install to ready', seconds(began));
    expect(performance.now() - began).toBeLessThan(60_000);
    // A password that breaks every URL was taken by server and client.
    expect(await it.query('SELECT count(*) > 0 FROM _prisma_migrations')).toEqual(['t']);
  });

  test('a conversation through the pods: a task, a list, an undo; strangers hear nothing', async () => {
    expect(await it.ask(ANN, 'call Bob tomorrow 3pm')).toMatch(/Call Bob/i);
    expect(await it.ask(ANN, '/list')).toMatch(/Call Bob/i);
    expect(await it.ask(ANN, '/undo')).toMatch(/undone|taken back|call bob/i);
    await it.telegram('users', { id: 666, started: true });
    await it.say(666, 'hello');
    await it.ask(ANN, 'a walk');
    expect(await it.heard(666)).toEqual([]);
  });

  test('kubectl port-forward to /health: one word to the public, detail by the metrics port', async () => {
    for (const [service, port, path] of [
      ['steward', 80, '/health/ready'],
      ['steward', 80, '/health'],
      ['steward-metrics', 9464, '/health'],
    ] as const) {
      const [address, child] = await forward(it.namespace, `service/${service}`, port);
      try {
        const response = await fetch(`${address}${path}`, { signal: AbortSignal.timeout(10_000) });
        expect(response.status, `${service}${path}`).toBe(200);
        const body = (await response.json()) as { status: string; checks?: { database: { status: string } } };
        expect(body.status).toMatch(/^ok|degraded$/);
        if (port === 9464) expect(body.checks?.database.status).toBe('ok');
      } finally {
        child.kill('SIGTERM');
      }
    }
  });

  test('no token of the cluster is in the pod, its root cannot be written, its user is no root', async () => {
    const script =
      "const fs=require('fs');const no=(f)=>{try{f();return false}catch{return true}};" +
      "console.log(no(()=>fs.readdirSync('/var/run/secrets/kubernetes.io')), no(()=>fs.writeFileSync('/app/x','')), process.getuid(), !no(()=>fs.writeFileSync('/tmp/x','')))";
    expect(
      await kubectl('-n', it.namespace, 'exec', 'deploy/steward', '-c', 'steward', '--', 'node', '-e', script),
    ).toBe('true true 10001 true\n');
  });

  test('the Prometheus of the operator scrapes it and has its rules', async (context) => {
    const crd = await outcome('kubectl', ['get', 'crd', 'servicemonitors.monitoring.coreos.com']);
    context.skip(crd.code !== 0, 'the cluster has no prometheus-operator');
    await it.upgrade({ metrics: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } } });
    const api = '/api/v1/namespaces/monitoring/services/prometheus:9090/proxy/api/v1';
    const began = performance.now();
    await within(120, 'a target that is up', async () => {
      const answer = await kubectl(
        'get',
        '--raw',
        `${api}/query?query=${encodeURIComponent(`count(up{namespace="${it.namespace}"}==1)`)}`,
      );
      return /"value":\[[\d.]+,"1"\]/.test(answer);
    });
    told('scraped', `${seconds(began)} after the upgrade`);
    const rules = await within(120, 'the rules', async () => {
      const answer = await kubectl('get', '--raw', `${api}/rules`);
      const found = new Set(answer.match(/"name":"Steward\w+"/g));
      return found.size > 20 ? found.size : undefined;
    });
    told('alerts loaded', String(rules));
  });

  test('the policies refuse what they should, and let through what they should', async () => {
    await apply(it.namespace, pod('stranger', { command: ['node', '-e', 'setInterval(() => {}, 1000)'] }));
    await kubectl('-n', it.namespace, 'wait', '--for=condition=Ready', 'pod/stranger', '--timeout=60s');
    const connects = async (host: string, port: number) => {
      const script = `require('net').connect({host:'${host}',port:${port},timeout:2000}).on('connect',()=>process.exit(0)).on('timeout',()=>process.exit(1)).on('error',()=>process.exit(1))`;
      return (
        (await outcome('kubectl', ['-n', it.namespace, 'exec', 'stranger', '--', 'node', '-e', script])).code === 0
      );
    };
    const places = [
      ['steward-database', 5432],
      ['steward', 80],
      ['steward-metrics', 9464],
    ] as const;
    for (const [host, port] of places) expect(await connects(host, port), `before: ${host}`).toBe(true);
    await it.upgrade({ networkPolicy: { enabled: true } });
    for (const [host, port] of places)
      await within(20, `${host} is closed to strangers`, async () => !(await connects(host, port)));
    // Probes pass, the database and Telegram are reached, and tests are let in.
    expect(await it.ask(ANN, 'buy milk')).toMatch(/milk/i);
    await kubectl('-n', it.namespace, 'wait', '--for=condition=Available', 'deployment/steward', '--timeout=30s');
  });

  test('helm test passes behind the policies', async () => {
    const said = await helm(['test', 'steward', '-n', it.namespace, '--timeout', '120s']);
    expect(said.match(/Phase: +Succeeded/g)).toHaveLength(4);
  });
});
