/**
 * `node test/chart/schemas/generate.ts FOLDER`: makes the schemas beside this file from Go modules below FOLDER (GOPATH/pkg/mod), the
 * same text the API servers and operators themselves are built of. Run by hand, when a version below is changed:
 * `go mod download k8s.io/kubernetes@v1.30.14 …`. Nothing else needs Go.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** The oldest Kubernetes the chart supports, and the one the cluster tests run on. */
const KUBERNETES = ['1.30.14', '1.34.4'];
const CUSTOM = [
  'sigs.k8s.io/gateway-api@v1.4.0/config/crd/standard/gateway.networking.k8s.io_httproutes.yaml',
  'github.com/cloudnative-pg/cloudnative-pg@v1.27.0/config/crd/bases/postgresql.cnpg.io_clusters.yaml',
  'github.com/prometheus-operator/prometheus-operator@v0.85.0/example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml',
  'github.com/prometheus-operator/prometheus-operator@v0.85.0/example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
  'github.com/bitnami-labs/sealed-secrets@v0.32.2/helm/sealed-secrets/crds/bitnami.com_sealedsecrets.yaml',
  // What k8s/ shows beside the chart.
  'github.com/cloudnative-pg/cloudnative-pg@v1.27.0/config/crd/bases/postgresql.cnpg.io_scheduledbackups.yaml',
  'github.com/cloudnative-pg/plugin-barman-cloud@v0.15.0/config/crd/bases/barmancloud.cnpg.io_objectstores.yaml',
  'github.com/argoproj/argo-cd/v3@v3.2.0/manifests/crds/application-crd.yaml',
  'github.com/fluxcd/helm-controller@v1.4.0/config/crd/bases/helm.toolkit.fluxcd.io_helmreleases.yaml',
  'github.com/fluxcd/source-controller@v1.7.0/config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml',
];
/** What the chart may render of Kubernetes' own kinds, and what k8s/base puts around it. */
const KINDS = [
  'v1/ConfigMap',
  'v1/LimitRange',
  'v1/Namespace',
  'v1/PersistentVolumeClaim',
  'v1/Pod',
  'v1/ResourceQuota',
  'v1/Secret',
  'v1/Service',
  'v1/ServiceAccount',
  'apps/v1/Deployment',
  'apps/v1/StatefulSet',
  'autoscaling/v2/HorizontalPodAutoscaler',
  'batch/v1/CronJob',
  'batch/v1/Job',
  'networking.k8s.io/v1/Ingress',
  'networking.k8s.io/v1/NetworkPolicy',
  'policy/v1/PodDisruptionBudget',
];

type Node = { [key: string]: unknown };

/** Keywords worth keeping; descriptions, defaults and CEL rules are not. */
const KEPT = new Set([
  'additionalProperties',
  'anyOf',
  'enum',
  'items',
  'maxItems',
  'maxLength',
  'maximum',
  'minItems',
  'minLength',
  'minimum',
  'oneOf',
  'pattern',
  'properties',
  'required',
  'type',
  'x-kubernetes-list-map-keys',
]);

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema as strict as the API server with field validation: no unknown field, no duplicate key of a list. */
function strict(schema: Node): Node {
  if (typeof schema['$ref'] === 'string') return { $ref: schema['$ref'] };
  if (schema['x-kubernetes-int-or-string'] === true || schema['format'] === 'int-or-string')
    return { type: ['integer', 'string'] };
  const made: Node = {};
  for (const [key, value] of Object.entries(schema)) {
    if (!KEPT.has(key)) continue;
    // Go writes "regardless of case" into a pattern, which JavaScript cannot read.
    if (key === 'pattern' && String(value).includes('(?i)')) continue;
    if (key === 'properties' && isNode(value))
      made[key] = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, strict(one as Node)]));
    else if ((key === 'items' || key === 'additionalProperties') && isNode(value)) made[key] = strict(value);
    else if ((key === 'anyOf' || key === 'oneOf') && Array.isArray(value)) made[key] = value.map((one) => strict(one));
    else made[key] = value;
  }
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (isNode(made['properties']) && made['additionalProperties'] === undefined && !open && made['type'] === 'object')
    made['additionalProperties'] = false;
  return made;
}

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

function kubernetes(folder: string, version: string): Node {
  const file = path.join(folder, `k8s.io/kubernetes@v${version}/api/openapi-spec/swagger.json`);
  const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: { [name: string]: Node } };
  const kinds: Node = {};
  for (const [name, definition] of Object.entries(definitions))
    for (const { group, version: at, kind } of (definition['x-kubernetes-group-version-kind'] ?? []) as Array<{
      group: string;
      version: string;
      kind: string;
    }>) {
      const key = `${group === '' ? '' : `${group}/`}${at}/${kind}`;
      if (KINDS.includes(key)) kinds[key] = { $ref: `#/definitions/${name}` };
    }
  const missing = KINDS.filter((kind) => !(kind in kinds));
  if (missing.length > 0) throw new Error(`Kubernetes ${version} has no ${missing.join(', ')}`);
  const reached: { [name: string]: Node } = {};
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    if (!isNode(value)) return;
    const name = typeof value['$ref'] === 'string' ? value['$ref'].replace('#/definitions/', '') : undefined;
    if (name === undefined) for (const one of Object.values(value)) visit(one);
    if (name === undefined || name in reached) return;
    // A YAML number is a quantity too.
    reached[name] = name === QUANTITY ? { type: ['string', 'number'] } : strict(definitions[name] ?? {});
    visit(reached[name]);
  };
  visit(kinds);
  return { kinds, definitions: reached };
}

function custom(folder: string): Node {
  const kinds: Node = {};
  for (const file of CUSTOM) {
    const { spec } = parse(readFileSync(path.join(folder, file), 'utf8')) as {
      spec: { group: string; names: { kind: string }; versions: Array<{ name: string; schema: Node }> };
    };
    for (const { name, schema } of spec.versions) {
      const made = strict(schema['openAPIV3Schema'] as Node);
      (made['properties'] as Node)['metadata'] = { type: 'object' };
      kinds[`${spec.group}/${name}/${spec.names.kind}`] = made;
    }
  }
  return { kinds, definitions: {} };
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: generate.ts FOLDER');
const write = (name: string, content: Node) =>
  writeFileSync(new URL(`${name}.json`, import.meta.url), `${JSON.stringify(content)}\n`);
for (const version of KUBERNETES) write(`kubernetes-${version.replace(/\.\d+$/, '')}`, kubernetes(folder, version));
write('custom-resources', custom(folder));
