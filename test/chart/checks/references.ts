/** The graph of references: every selector, port, claim, account, mount and Secret an object names is there, and every name is there once. */
import {
  at,
  containersOf,
  type Fields,
  fieldsAt,
  type KubernetesObject,
  listAt,
  nameOf,
  type PodTemplate,
  podsOf,
  selects,
  textAt,
} from '../objects.ts';

/** What the installation is told to have beside the chart. */
export interface Beside {
  readonly secrets: readonly string[];
  readonly configMaps?: readonly string[];
}

export function duplicateNames(objects: readonly KubernetesObject[]): string[] {
  const names = objects.map((object) => `${object.apiVersion} ${nameOf(object)}`);
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** Objects whose names or labels Kubernetes would refuse, or that are not in the release's namespace. */
export function badNames(objects: readonly KubernetesObject[]): string[] {
  return objects.flatMap((object) => {
    const { name, namespace, labels = {} } = object.metadata;
    const longest = object.kind === 'CronJob' ? 52 : 63;
    const faults: string[] = [];
    if (name.length > longest || !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)) faults.push(`${nameOf(object)}: name`);
    // Objects of the user may leave it to Helm.
    if (namespace !== undefined && namespace !== 'apps') faults.push(`${nameOf(object)}: namespace ${namespace}`);
    for (const [label, value] of Object.entries(labels))
      if (value.length > 63 || !/^([A-Za-z0-9]([\w.-]*[A-Za-z0-9])?)?$/.test(value))
        faults.push(`${nameOf(object)}: label ${label}=${value}`);
    return faults;
  });
}

const named = (objects: readonly KubernetesObject[], kind: string): string[] =>
  objects.filter((object) => object.kind === kind).map((object) => object.metadata.name);

const portsOf = (pod: PodTemplate): readonly Fields[] =>
  containersOf(pod.spec).flatMap((container) => listAt(container, 'ports'));

function serviceFaults(objects: readonly KubernetesObject[], pods: readonly PodTemplate[]): string[] {
  return objects
    .filter(({ kind }) => kind === 'Service')
    .flatMap((service) => {
      const chosen = pods.filter((pod) => selects(fieldsAt(service, 'spec.selector'), pod.labels));
      const owners = new Set(chosen.map((pod) => nameOf(pod.owner)));
      if (owners.size !== 1) return [`${nameOf(service)} selects pods of ${[...owners].join(', ') || 'nothing'}`];
      const names = chosen.flatMap(portsOf).map((port) => textAt(port, 'name'));
      return listAt(service, 'spec.ports')
        .map((port) => textAt(port, 'targetPort'))
        .flatMap((port) =>
          names.includes(port) ? [] : [`${nameOf(service)} leads to port ${port}, which is not there`],
        );
    });
}

function selectorFaults(objects: readonly KubernetesObject[], pods: readonly PodTemplate[]): string[] {
  return objects.flatMap((object) => {
    const selector =
      object.kind === 'NetworkPolicy'
        ? fieldsAt(object, 'spec.podSelector.matchLabels')
        : fieldsAt(object, 'spec.selector.matchLabels');
    if (Object.keys(selector).length === 0 || 'cnpg.io/cluster' in selector || object.kind === 'ServiceMonitor')
      return [];
    return pods.some((pod) => selects(selector, pod.labels)) ? [] : [`${nameOf(object)} selects nothing`];
  });
}

function backendFaults(objects: readonly KubernetesObject[]): string[] {
  const services = objects.filter(({ kind }) => kind === 'Service');
  const missing = (object: KubernetesObject, name: string, port: unknown) =>
    services.some(
      (service) =>
        service.metadata.name === name &&
        listAt(service, 'spec.ports').some((one) => at(one, 'name') === port || at(one, 'port') === port),
    )
      ? []
      : [`${nameOf(object)} leads to ${name}:${String(port)}, which is not there`];
  return objects.flatMap((object) => {
    if (object.kind === 'Ingress')
      return listAt(object, 'spec.rules')
        .flatMap((rule) => listAt(rule, 'http.paths'))
        .flatMap((one) => missing(object, textAt(one, 'backend.service.name'), at(one, 'backend.service.port.name')));
    if (object.kind === 'HTTPRoute')
      return listAt(object, 'spec.rules')
        .flatMap((rule) => listAt(rule, 'backendRefs'))
        .flatMap((one) => missing(object, textAt(one, 'name'), at(one, 'port')));
    return [];
  });
}

function podFaults(pod: PodTemplate, objects: readonly KubernetesObject[], beside: Beside): string[] {
  const told = (what: string) => `${nameOf(pod.owner)}: ${what}`;
  const sealed = named(objects, 'SealedSecret');
  const made = objects.filter(({ kind }) => kind === 'Cluster').map(({ metadata }) => `${metadata.name}-app`);
  const secrets = new Set([...beside.secrets, ...sealed, ...made]);
  const accounts = new Set([...named(objects, 'ServiceAccount'), 'default']);
  const claims = new Set(named(objects, 'PersistentVolumeClaim'));
  const templates = listAt(pod.owner, 'spec.volumeClaimTemplates').map((one) => textAt(one, 'metadata.name'));
  const volumes = new Set([...listAt(pod.spec, 'volumes').map((one) => textAt(one, 'name')), ...templates]);
  const faults: string[] = [];
  if (!accounts.has(textAt(pod.spec, 'serviceAccountName')))
    faults.push(told(`account ${textAt(pod.spec, 'serviceAccountName')}`));
  for (const volume of listAt(pod.spec, 'volumes')) {
    const claim = at(volume, 'persistentVolumeClaim.claimName');
    if (claim !== undefined && !claims.has(String(claim))) faults.push(told(`claim ${String(claim)}`));
    const map = at(volume, 'configMap.name');
    if (map !== undefined && ![...named(objects, 'ConfigMap'), ...(beside.configMaps ?? [])].includes(String(map)))
      faults.push(told(`config map ${String(map)}`));
  }
  for (const container of containersOf(pod.spec)) {
    const ports = listAt(container, 'ports').map((port) => textAt(port, 'name'));
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      const port = at(container, `${probe}.httpGet.port`);
      if (port !== undefined && !ports.includes(String(port))) faults.push(told(`${probe} asks port ${String(port)}`));
    }
    for (const mount of listAt(container, 'volumeMounts'))
      if (!volumes.has(textAt(mount, 'name'))) faults.push(told(`mount of ${textAt(mount, 'name')}`));
    for (const variable of listAt(container, 'env')) {
      const secret = at(variable, 'valueFrom.secretKeyRef.name');
      if (secret !== undefined && !secrets.has(String(secret))) faults.push(told(`secret ${String(secret)}`));
    }
  }
  return faults;
}

/** Everything that leads nowhere. */
export function danglingReferences(objects: readonly KubernetesObject[], beside: Beside): string[] {
  const pods = podsOf(objects);
  const targets = objects.flatMap((object) =>
    object.kind === 'HorizontalPodAutoscaler' &&
    !objects.some(
      ({ kind, metadata }) =>
        kind === at(object, 'spec.scaleTargetRef.kind') && metadata.name === at(object, 'spec.scaleTargetRef.name'),
    )
      ? [`${nameOf(object)} scales nothing`]
      : [],
  );
  return [
    ...serviceFaults(objects, pods),
    ...selectorFaults(objects, pods),
    ...backendFaults(objects),
    ...targets,
    ...pods.flatMap((pod) => podFaults(pod, objects, beside)),
  ];
}
