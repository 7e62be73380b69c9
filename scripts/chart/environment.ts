/** What the chart knows of Steward's configuration: which variables its templates set by a value of their own, and what is left for `config` and the Secret. */
import { configurationSpec } from '../../src/config/variables.ts';

export interface ChartEnvironment {
  /** Every secret variable: a key of the Secret. */
  readonly secrets: readonly string[];
  /** Secrets the app gets besides those the templates place themselves. */
  readonly appSecrets: readonly string[];
  /** No secrets, and not set by a value of their own: keys of `config`, with their explanation. */
  readonly settings: ReadonlyMap<string, string>;
  /** Set by the templates. */
  readonly placed: ReadonlySet<string>;
}

/** Names the templates set: `{name: X, value: …}` and `fromSecret (list . "X" …)`. */
function placedIn(templates: readonly string[]): Set<string> {
  const pattern = /name: ([A-Z][A-Z0-9_]+)\b|"steward\.fromSecret" \(list [.$]\w* "([A-Z0-9_]+)"/g;
  return new Set(templates.flatMap((text) => [...text.matchAll(pattern)].map(([, one, other]) => one ?? other ?? '')));
}

/** Splits the declarations by how the chart passes them. */
export function chartEnvironment(templates: readonly string[]): ChartEnvironment {
  const placed = placedIn(templates);
  const secrets = configurationSpec.filter((variable) => variable.secret).map((variable) => variable.name);
  // These belong to the pods that open archives; the app has no use for them.
  const elsewhere = new Set(['BACKUP_AGE_IDENTITY']);
  return {
    secrets,
    appSecrets: secrets.filter((name) => !elsewhere.has(name) && (!placed.has(name) || name === 'STEWARD_MASTER_KEY')),
    settings: new Map(
      configurationSpec
        .filter((variable) => !variable.secret && !placed.has(variable.name))
        .map((variable) => [variable.name, variable.help]),
    ),
    placed,
  };
}
