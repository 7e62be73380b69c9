/** Rules about files and folders as such: names, sizes, what may stand in package.json and the lock file. Pure. */
import { isTest } from './source.ts';

/** Lines a file may have. */
export const MOST_LINES = 300;
/** Files a folder may have, tests and sub-folders not counted. */
export const MOST_FILES = 12;

/** Files longer than `MOST_LINES` because they are one table that would only be harder to read in pieces. */
export const TABLES: Readonly<Record<string, string>> = {
  'src/config/variables.ts': 'every environment variable, declared once',
};

/** Names that say nothing about what lies behind them. */
const EMPTY_NAME = /^(?:utils?|helpers?|common|misc|managers?|stuff|tools)$/i;

/** Files and folders named by a word that says nothing. */
export function emptyNames(names: readonly string[]): string[] {
  return names.filter((name) =>
    name.split('/').some((part) => part.split(/[.-]/).some((word) => EMPTY_NAME.test(word))),
  );
}

/** Folders of code with more files than a reader takes in at once. Texts have one file a feature, found by its name. */
export function crowdedFolders(names: readonly string[]): string[] {
  const counted = names.filter(
    (name) => /^(?:src|test|scripts|prisma\/schema)\/(?!locales\/..\/)/.test(name) && !isTest(name),
  );
  const folders = Map.groupBy(counted, (name) => name.slice(0, name.lastIndexOf('/')));
  return [...folders].flatMap(([folder, files]) =>
    files.length > MOST_FILES ? [`${folder} holds ${files.length} files`] : [],
  );
}

/** Dependencies that are not pinned to one version. */
export function loosePins(manifest: Readonly<Record<string, unknown>>): string[] {
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'];
  return kinds.flatMap((kind) =>
    Object.entries((manifest[kind] ?? {}) as Record<string, unknown>).flatMap(([name, version]) =>
      typeof version === 'string' && /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(version)
        ? []
        : [`${kind}: ${name} ${version}`],
    ),
  );
}

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  /** came inside another's archive, whose checksum covers it */
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
}

/** Whether Node, standing in the package at `place`, would find `name` among the packages of the lock. */
function isFound(lock: Lock, place: string, name: string): boolean {
  const folders = place.split('/node_modules/');
  const above = folders.map((_, index) => folders.slice(0, folders.length - index).join('/node_modules/'));
  return [...above, ''].some((folder) => `${folder === '' ? '' : `${folder}/`}node_modules/${name}` in lock.packages);
}

/** What would tie the lock file to one registry, leave a package unproved, or have `npm ci` refuse the file. */
export function lockFaults(lock: Lock): string[] {
  const faults = Object.entries(lock.packages).flatMap(([place, one]) => {
    // A package for another platform that the registry lacked when the lock was made: `npm ci` calls the lock out of date.
    const missing = Object.keys(one.optionalDependencies ?? {}).filter((name) => !isFound(lock, place, name));
    const told = missing.map((name) => `${place || 'package.json'}: optional ${name} is not in the lock`);
    if (place === '' || one.link) return told;
    if (one.resolved !== undefined) told.push(`${place}: resolved to an address`);
    if (one.integrity === undefined && !one.inBundle) told.push(`${place}: no checksum`);
    return told;
  });
  return lock.lockfileVersion === 3 ? faults : [`lockfileVersion ${lock.lockfileVersion}`, ...faults];
}

/** Hosts that hand out packages; written so that this file does not name one. */
const PACKAGE_HOSTS =
  /registry\.(?:npm|yarnpkg)|npm(?:js|mirror)\.(?:org|com)|\bpypi\.org|pythonhosted\.org|(?:proxy|sum)\.golang\.org|\b(?:artifactory|verdaccio|nexus)\.[\w-]+|^\s*registry\s*=\s*\S*:\/\//im;

/** The first place in `text` that names a host of packages, `configured` (the one in use here) among them. */
export function packageHost(text: string, configured: string | undefined): string | undefined {
  if (configured !== undefined && text.includes(configured)) return configured;
  return PACKAGE_HOSTS.exec(text)?.[0];
}
