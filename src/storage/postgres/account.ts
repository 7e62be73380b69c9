/** Which user PostgreSQL runs as. It refuses to be root, so a Steward started as root hands it to someone with fewer rights. */
import { readFileSync, type Stats, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { misplaced } from './failure.ts';

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** Another user than ours: paths we may walk are perhaps closed to it. */
  readonly foreign: boolean;
}

/** Users fit for a server, best first: an own one, the one made for databases, the one for nothing in particular. */
const FIT = ['steward', 'postgres', 'nobody'];

function knownAccounts(): Account[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [name = '', , uid, gid] = line.split(':');
    return uid && gid ? [{ name, uid: Number(uid), gid: Number(gid), foreign: true }] : [];
  });
}

function owner(folder: string): Stats | undefined {
  return statSync(folder, { throwIfNoEntry: false });
}

function ourName(): string {
  try {
    return userInfo().username;
  } catch {
    throw misplaced(
      `The user id ${process.getuid?.()} has no name on this machine, which PostgreSQL insists on`,
      'add a line for it to /etc/passwd',
    );
  }
}

/**
 * The user for the cluster in `cluster`. As root: the owner of an existing cluster, then of `dataDir` (so that a later start by that
 * user without root works on the same files), then one of the machine's service users.
 */
export function serverAccount(dataDir: string, cluster: string): Account {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) {
    const there = owner(cluster);
    if (there && there.uid !== uid)
      throw misplaced(
        `The database in ${cluster} belongs to user id ${there.uid}, Steward runs as ${uid}`,
        `start Steward as that user, run \`sudo chown -R ${uid} ${dataDir}\``,
      );
    return { name: ourName(), uid, gid: process.getgid?.() ?? 0, foreign: false };
  }
  const accounts = knownAccounts();
  for (const folder of [cluster, dataDir]) {
    const there = owner(folder);
    const account = there && there.uid !== 0 ? accounts.find((one) => one.uid === there.uid) : undefined;
    if (account) return account;
  }
  for (const name of FIT) {
    const account = accounts.find((one) => one.name === name && one.uid !== 0);
    if (account) return account;
  }
  throw misplaced('PostgreSQL must not run as root and this machine has no user for it', 'add a user "steward"');
}

/** Names of the system users who may connect to the server of `account`: we, root, and the owner of its data folder. */
export function allowedClients(account: Account, dataDir: string): string[] {
  const names = new Set(['root', ourName()]);
  if (!account.foreign || owner(dataDir)?.uid === account.uid) names.add(account.name);
  return [...names];
}
