/** The network policies as a network plugin would apply them: what must pass passes, what must not does not. */
import { beforeEach, describe, expect, test } from 'vitest';
import { missingHelm, objectsOf } from './helm.ts';
import { at, fieldsAt, type KubernetesObject, listAt, podsOf, selects, textAt } from './objects.ts';

const why = missingHelm();
beforeEach((context) => context.skip(why !== undefined, `no Helm: ${why}`));

interface Place {
  /** A pod of the release by its component, or an address outside. */
  readonly component?: string;
  /** Labels of a pod's namespace, when it is not the release's. */
  readonly namespace?: string;
  readonly address?: string;
}

const inNetwork = (address: string, cidr: string): boolean => {
  const [base = '', bits = '0'] = cidr.split('/');
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  if (base.includes(':') !== address.includes(':')) return false;
  if (base.includes(':')) return base === '::' || address.startsWith(base.replace(/::.*$/, ''));
  const size = 2 ** (32 - Number(bits));
  return Math.floor(number(address) / size) === Math.floor(number(base) / size);
};

class Network {
  readonly #objects: readonly KubernetesObject[];

  constructor(objects: readonly KubernetesObject[]) {
    this.#objects = objects;
  }

  #labels(component: string): Readonly<Record<string, string>> {
    const pod = podsOf(this.#objects).find(({ labels }) => labels['app.kubernetes.io/component'] === component);
    if (pod) return pod.labels;
    const cluster = this.#objects.find(({ kind }) => kind === 'Cluster');
    if (component === 'database' && cluster) return { 'cnpg.io/cluster': cluster.metadata.name };
    throw new Error(`no pod is ${component}`);
  }

  #peer(peer: unknown, place: Place): boolean {
    const block = fieldsAt(peer, 'ipBlock');
    if (place.address !== undefined) {
      const excepted = (at(block, 'except') ?? []) as readonly string[];
      return (
        inNetwork(place.address, textAt(block, 'cidr') || '255.255.255.255/32') &&
        !excepted.some((one) => inNetwork(place.address ?? '', one))
      );
    }
    const namespace = at(peer, 'namespaceSelector.matchLabels');
    if (place.namespace !== undefined)
      return textAt(fieldsAt(peer, 'namespaceSelector.matchLabels'), '') === '' && namespace !== undefined
        ? Object.values(fieldsAt(peer, 'namespaceSelector.matchLabels')).includes(place.namespace)
        : false;
    if (namespace !== undefined || place.component === undefined) return false;
    return selects(fieldsAt(peer, 'podSelector.matchLabels'), this.#labels(place.component));
  }

  #port(rule: unknown, place: Place, port: number): boolean {
    const ports = listAt(rule, 'ports');
    if (ports.length === 0) return true;
    const named =
      place.component === undefined
        ? []
        : podsOf(this.#objects)
            .filter(({ labels }) => labels['app.kubernetes.io/component'] === place.component)
            .flatMap(({ spec }) => listAt(spec, 'containers').flatMap((container) => listAt(container, 'ports')));
    return ports.some((one) => {
      const wanted = at(one, 'port');
      return (
        wanted === port || named.some((given) => at(given, 'name') === wanted && at(given, 'containerPort') === port)
      );
    });
  }

  #allowed(direction: 'ingress' | 'egress', from: Place, to: Place, port: number): boolean {
    const own = direction === 'ingress' ? to : from;
    const other = direction === 'ingress' ? from : to;
    if (own.component === undefined) return true;
    const labels = this.#labels(own.component);
    const type = direction === 'ingress' ? 'Ingress' : 'Egress';
    const policies = this.#objects.filter(
      (object) =>
        object.kind === 'NetworkPolicy' &&
        selects(fieldsAt(object, 'spec.podSelector.matchLabels'), labels) &&
        (at(object, 'spec.policyTypes') as readonly string[]).includes(type),
    );
    if (policies.length === 0) return true;
    return policies
      .flatMap((policy) => listAt(policy, `spec.${direction}`))
      .some((rule) => {
        const peers = listAt(rule, direction === 'ingress' ? 'from' : 'to');
        return (peers.length === 0 || peers.some((peer) => this.#peer(peer, other))) && this.#port(rule, to, port);
      });
  }

  passes(from: Place, to: Place, port: number): boolean {
    return this.#allowed('egress', from, to, port) && this.#allowed('ingress', from, to, port);
  }
}

const app = { component: 'app' };
const database = { component: 'database' };
const ingress = { namespace: 'ingress-nginx' };
const prometheus = { namespace: 'monitoring' };
const stranger = { namespace: 'elsewhere' };
const telegram = { address: '149.154.167.220' };
const metadata = { address: '169.254.169.254' };
const dns = { address: '10.96.0.10' };
const jobs = ['migration', 'backup', 'drill', 'restore'].map((component) => ({ component }));

describe('with the database of the chart', () => {
  const network = async () =>
    new Network(await objectsOf({ ci: 'standalone', values: { networkPolicy: { enabled: true } } }));

  test('what Steward needs passes', async () => {
    const net = await network();
    const needed: ReadonlyArray<readonly [Place, Place, number]> = [
      [ingress, app, 3000],
      [prometheus, app, 9464],
      [{ component: 'test' }, app, 3000],
      [{ component: 'test' }, app, 9464],
      [app, telegram, 443],
      ...[app, ...jobs, { component: 'test' }].flatMap(
        (pod): Array<readonly [Place, Place, number]> => [
          [pod, database, 5432],
          [pod, dns, 53],
        ],
      ),
    ];
    expect(needed.filter(([from, to, port]) => !net.passes(from, to, port))).toEqual([]);
  });

  test('everything else does not', async () => {
    const net = await network();
    const refused: ReadonlyArray<readonly [Place, Place, number]> = [
      [stranger, app, 3000],
      [ingress, app, 9464],
      [prometheus, app, 3000],
      [stranger, database, 5432],
      [ingress, database, 5432],
      [prometheus, database, 5432],
      [app, metadata, 443],
      [app, telegram, 80],
      [app, telegram, 22],
      [database, telegram, 443],
      [database, dns, 53],
      ...jobs.flatMap(
        (pod): Array<readonly [Place, Place, number]> => [
          [pod, telegram, 443],
          [stranger, pod, 5432],
          [pod, app, 3000],
        ],
      ),
    ];
    expect(refused.filter(([from, to, port]) => net.passes(from, to, port))).toEqual([]);
  });
});

test('backups to S3 may leave by its port, migrations not', async () => {
  const net = new Network(await objectsOf({ ci: 'production' }));
  const s3 = { address: '203.0.113.9' };
  for (const component of ['backup', 'drill', 'restore']) expect(net.passes({ component }, s3, 9000)).toBe(true);
  expect(net.passes({ component: 'migration' }, s3, 9000)).toBe(false);
  expect(net.passes(app, s3, 8443), "the Bot API server's own port").toBe(true);
});

test('a database of one’s own is reached where it is said to be, and only there', async () => {
  const net = new Network(await objectsOf({ ci: 'external-database' }));
  expect(net.passes(app, { namespace: 'data' }, 6432)).toBe(true);
  expect(net.passes(app, { namespace: 'data' }, 5432)).toBe(false);
  expect(net.passes(app, stranger, 6432)).toBe(false);
});

test('CloudNativePG’s servers are reached by app, jobs and their operator', async () => {
  const net = new Network(await objectsOf({ ci: 'cloudnativepg' }));
  for (const pod of [app, ...jobs]) expect(net.passes(pod, database, 5432)).toBe(true);
  expect(net.passes({ namespace: 'cnpg-system' }, database, 8000)).toBe(true);
  expect(net.passes(stranger, database, 5432)).toBe(false);
});
