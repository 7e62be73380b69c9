/** Where values come from: the process environment, then `.env.production` in production, then `.env`; a secret also from the file NAME_FILE names. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { editDistance } from '../core/distance.ts';
import { errorCode } from '../core/errors.ts';
import { type VariableName, variables } from './variables.ts';

export interface Gathered {
  /** By name, absent ones left out. */
  readonly values: ReadonlyMap<VariableName, string>;
  /** Given, but could not be read; the reason is among the faults. */
  readonly unread: ReadonlySet<VariableName>;
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

interface Layer {
  readonly name: string;
  readonly values: Readonly<Record<string, string | undefined>>;
}

const OTHERS_READ = 0o004;
const OTHERS_WRITE = 0o002;

/** A dotenv file, or undefined when there is none. One that every user of the machine may read or write is refused. */
function readDotenv(file: string, faults: string[]): Layer | undefined {
  const name = path.basename(file);
  try {
    const there = statSync(file, { throwIfNoEntry: false });
    if (!there) return undefined;
    const open = there.mode & (OTHERS_READ | OTHERS_WRITE);
    if (open !== 0 && process.platform !== 'win32')
      faults.push(
        `${name} can be ${open & OTHERS_WRITE ? 'changed' : 'read'} by every user of this machine. Mend: chmod 600 ${file}`,
      );
    return { name, values: parseEnv(readFileSync(file, 'utf8')) };
  } catch (error) {
    faults.push(
      `${name} cannot be read (${errorCode(error) ?? String(error)}). Mend: give it to the user that runs Steward, or remove ${file}.`,
    );
    return undefined;
  }
}

/** Content of the file that NAME_FILE names, without its closing newline. Mounted secrets are often readable by all: that is their business. */
function readSecretFile(name: string, file: string, faults: string[]): string | undefined {
  try {
    const content = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    if (content !== '') return content;
    faults.push(`${name}_FILE names ${file}, which is empty. Mend: write the value into it, or remove ${name}_FILE.`);
  } catch (error) {
    faults.push(
      `${name}_FILE names ${file}, which cannot be read (${errorCode(error) ?? String(error)}). Mend: check the path and its permissions.`,
    );
  }
  return undefined;
}

/** The value one layer gives, told apart from "not given"; an empty one is not given, as compose files pass variables nobody set. */
function fromLayer(
  name: VariableName,
  layer: Layer,
  cwd: string,
  faults: string[],
): { value: string | undefined } | undefined {
  const direct = layer.values[name]?.trim() ? layer.values[name] : undefined;
  const file = layer.values[`${name}_FILE`]?.trim();
  if (!file) return direct === undefined ? undefined : { value: direct };
  if (!variables[name].secret) {
    faults.push(`${name}_FILE is given, but only secrets are read from files. Mend: give ${name} itself.`);
    return { value: direct };
  }
  if (direct !== undefined) {
    faults.push(`${name} and ${name}_FILE are both given (${layer.name}). Mend: keep one of them.`);
    return { value: undefined };
  }
  return { value: readSecretFile(name, path.resolve(cwd, file), faults) };
}

/** Kubernetes tells every container of the services beside it in variables like these; nobody wrote them. */
const SERVICE_LINK = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT|PORT_\d+_(TCP|UDP)(_(PROTO|PORT|ADDR))?)$/;

function misspelt(layer: Layer): string[] {
  const names = Object.keys(variables);
  const known = new Set(names.flatMap((name) => [name, `${name}_FILE`]));
  return Object.keys(layer.values).flatMap((name) => {
    if (!/^(STEWARD|TELEGRAM)_/.test(name) || known.has(name)) return [];
    if (SERVICE_LINK.test(name) && layer.name === ENVIRONMENT) return [];
    const most = Math.max(3, Math.floor(name.length / 4));
    const [best] = names.map((one) => ({ one, far: editDistance(name, one, most) })).sort((a, b) => a.far - b.far);
    const hint = best && best.far <= most ? ` Did you mean ${best.one}?` : '';
    return [`${name} (${layer.name}) is not known and does nothing.${hint}`];
  });
}

const ENVIRONMENT = 'the environment';

/** Reads every source. Faults are collected, never thrown: the person shall see all of them at once. */
export function gather(env: NodeJS.ProcessEnv, cwd: string, production: boolean): Gathered {
  const faults: string[] = [];
  const files = production ? ['.env.production', '.env'] : ['.env'];
  const layers: Layer[] = [{ name: ENVIRONMENT, values: env }];
  for (const file of files) {
    const layer = readDotenv(path.join(cwd, file), faults);
    if (layer) layers.push(layer);
  }
  const values = new Map<VariableName, string>();
  const unread = new Set<VariableName>();
  for (const name of Object.keys(variables) as VariableName[]) {
    for (const layer of layers) {
      const found = fromLayer(name, layer, cwd, faults);
      if (!found) continue;
      if (found.value !== undefined) values.set(name, variables[name].verbatim ? found.value : found.value.trim());
      else unread.add(name);
      break;
    }
  }
  return { values, unread, faults, warnings: layers.flatMap(misspelt) };
}
