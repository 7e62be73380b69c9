/** Pod Security "restricted" over every pod, and what we ask beyond it: a read-only root, no token, no service links, bounded memory. */
import { at, containersOf, fieldsAt, type KubernetesObject, listAt, nameOf, podsOf, textAt } from '../objects.ts';

/** Volume types of the "restricted" standard. */
const VOLUMES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** Every fault of every pod: 'Deployment/steward steward: …'. */
export function securityFaults(objects: readonly KubernetesObject[]): string[] {
  return podsOf(objects).flatMap(({ owner, spec }) => {
    const told = (what: string, where = 'pod') => `${nameOf(owner)} ${where}: ${what}`;
    const faults: string[] = [];
    for (const name of ['hostNetwork', 'hostPID', 'hostIPC']) if (at(spec, name)) faults.push(told(name));
    if (at(spec, 'automountServiceAccountToken') !== false) faults.push(told('gets a token'));
    if (at(spec, 'enableServiceLinks') !== false) faults.push(told('gets service links'));
    for (const volume of listAt(spec, 'volumes')) {
      const [type = ''] = Object.keys(volume).filter((key) => key !== 'name');
      if (!VOLUMES.has(type)) faults.push(told(`volume ${textAt(volume, 'name')} is ${type}`));
      if (type === 'emptyDir' && !at(volume, 'emptyDir.sizeLimit'))
        faults.push(told(`volume ${textAt(volume, 'name')} has no size`));
    }
    for (const container of containersOf(spec)) {
      const where = textAt(container, 'name');
      const own = fieldsAt(container, 'securityContext');
      const pods = fieldsAt(spec, 'securityContext');
      const either = (name: string) => at(own, name) ?? at(pods, name);
      if (either('runAsNonRoot') !== true) faults.push(told('may be root', where));
      if (!(Number(either('runAsUser')) > 0)) faults.push(told('has no numeric user', where));
      // Its files belong to this user; as another it does not start.
      if (/(?:^|\/)postgres[:@]/.test(textAt(container, 'image')) && either('runAsUser') !== 999)
        faults.push(told("is PostgreSQL's image under another user than its own", where));
      const seccomp = textAt(own, 'seccompProfile.type') || textAt(pods, 'seccompProfile.type');
      if (!['RuntimeDefault', 'Localhost'].includes(seccomp)) faults.push(told('has no seccomp profile', where));
      if (at(own, 'allowPrivilegeEscalation') !== false) faults.push(told('may gain privileges', where));
      if (at(own, 'privileged')) faults.push(told('is privileged', where));
      const dropped = at(own, 'capabilities.drop');
      if (!Array.isArray(dropped) || !dropped.includes('ALL')) faults.push(told('keeps capabilities', where));
      if (at(own, 'capabilities.add')) faults.push(told('adds capabilities', where));
      if (at(own, 'readOnlyRootFilesystem') !== true) faults.push(told('may write to its root', where));
      if (!at(container, 'resources.limits.memory')) faults.push(told('has no memory limit', where));
      if (!at(container, 'resources.requests.cpu')) faults.push(told('requests no CPU', where));
      if (listAt(container, 'ports').some((port) => at(port, 'hostPort'))) faults.push(told('has a host port', where));
      if (/bitnami/i.test(textAt(container, 'image'))) faults.push(told('is an image of Bitnami', where));
    }
    return faults;
  });
}

const RIGHTS = ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding', 'Secret'];

/** Kinds the chart must never make: rights in the cluster, and secrets. */
export function forbiddenKinds(objects: readonly KubernetesObject[]): string[] {
  return objects.filter(({ kind }) => RIGHTS.includes(kind)).map(nameOf);
}
