/** values.schema.json, made of values.yaml: types by the defaults, unknown keys refused, and combinations that cannot be meant. */
import type { ChartEnvironment } from './environment.ts';
import type { Json, Schema, Value } from './values.ts';

const text: Schema = { type: 'string' };
const open: Schema = { type: 'object', additionalProperties: true };

/** Shapes that "# @schema" lines refer to. */
function definitions(environment: ChartEnvironment): { readonly [name: string]: Schema } {
  return {
    localReference: {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: { name: { type: 'string', minLength: 1 } },
    },
    userIds: {
      anyOf: [{ type: 'array', items: { type: ['integer', 'string'] } }, { type: ['integer', 'string', 'null'] }],
    },
    address: { type: 'string', pattern: '^(https?://[^\\s/]+[^\\s]*)?$' },
    duration: { type: 'string', pattern: '^[0-9]+(s|m|h)$' },
    quantity: { type: ['string', 'number'], pattern: '^[0-9.]+([KMGTPE]i?|m|k)?$' },
    schedule: { type: 'string', pattern: '^(@(yearly|monthly|weekly|daily|hourly)|\\S+( \\S+){4})$' },
    resources: {
      type: 'object',
      additionalProperties: false,
      properties: { requests: open, limits: open, claims: { type: 'array' } },
    },
    // An alert of rules/: its thresholds are numbers, shares or spans of time; which it has, its own entry says.
    alert: {
      type: ['object', 'null'],
      properties: {
        enabled: { type: 'boolean' },
        severity: { enum: ['critical', 'warning', 'info'] },
        for: { type: 'string', pattern: '^([0-9]+(ms|s|m|h|d))+$' },
      },
      additionalProperties: {
        anyOf: [
          { type: 'number', minimum: 0 },
          { type: 'string', pattern: '^([0-9]+(s|m|h|d))+$' },
        ],
      },
    },
    probe: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold'].map(
          (name): [string, Json] => [name, { type: 'integer', minimum: name === 'initialDelaySeconds' ? 0 : 1 }],
        ),
      ),
    },
    environment: {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: { name: { type: 'string', pattern: '^[-._a-zA-Z][-._a-zA-Z0-9]*$' }, value: text, valueFrom: open },
    },
    ingressHost: {
      type: 'object',
      required: ['host'],
      additionalProperties: false,
      properties: {
        host: { type: 'string', minLength: 1 },
        paths: {
          type: 'array',
          items: {
            type: 'object',
            required: ['path'],
            additionalProperties: false,
            properties: {
              path: { type: 'string', pattern: '^/' },
              pathType: { enum: ['Prefix', 'Exact', 'ImplementationSpecific'] },
            },
          },
        },
      },
    },
    secretKeys: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        // Who may talk to the bot is no secret, but may lie beside them.
        [...environment.secrets, 'TELEGRAM_ALLOWED_USERS'].map((name): [string, Json] => [
          name,
          { type: 'string', minLength: 1 },
        ]),
      ),
    },
    config: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        [...environment.settings].map(([name, description]): [string, Json] => [
          name,
          { description, type: ['string', 'number', 'boolean'] },
        ]),
      ),
    },
  };
}

/** `{a: {b: x}}` as a schema that looks at this one place. */
function at(path: string, schema: Schema, required = false): Schema {
  return path
    .split('.')
    .reduceRight<Schema>(
      (inner, name) => ({ ...(required ? { required: [name] } : {}), properties: { [name]: inner } }),
      schema,
    );
}

/** What cannot be meant. Said as constants, so that the message names the value and what to set. */
const combinations: readonly [when: Schema, then: Schema][] = [
  [at('existingSecret.name', { minLength: 1 }, true), at('sealedSecret.enabled', { const: false })],
  [at('sealedSecret.enabled', { const: true }, true), at('sealedSecret.encryptedData', { minProperties: 1 }, true)],
  [at('database.standalone.enabled', { const: true }, true), at('database.host', { const: '' })],
  [at('database.standalone.enabled', { const: true }, true), at('database.cloudnativepg.enabled', { const: false })],
  [at('database.cloudnativepg.enabled', { const: true }, true), at('database.host', { const: '' })],
  [at('ingress.enabled', { const: true }, true), at('ingress.hosts', { minItems: 1 }, true)],
  [at('httpRoute.enabled', { const: true }, true), at('httpRoute.parentRefs', { minItems: 1 }, true)],
];

/** The type a default has. */
function typeOf(fallback: Json): Schema {
  if (fallback === null) return {};
  if (Array.isArray(fallback)) return { type: 'array' };
  if (typeof fallback === 'object') return { type: 'object' };
  if (typeof fallback === 'number') return { type: Number.isInteger(fallback) ? 'integer' : 'number' };
  return { type: typeof fallback };
}

function schemaOf(value: Value): Schema {
  if (value.fallback === undefined)
    return { type: 'object', additionalProperties: false, properties: properties(value.children) };
  const base = '$ref' in value.schema || 'enum' in value.schema ? {} : typeOf(value.fallback);
  return { description: value.help, ...base, ...value.schema, default: value.fallback };
}

function properties(values: readonly Value[]): { [name: string]: Json } {
  return Object.fromEntries(values.map((value): [string, Json] => [value.name, schemaOf(value)]));
}

/** The schema as text. `global` is let through: a chart above this one may set it. */
export function chartSchema(values: readonly Value[], environment: ChartEnvironment): string {
  const schema: Schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: 'Made of values.yaml: node scripts/configuration-docs.ts',
    title: 'Values of the steward chart',
    type: 'object',
    additionalProperties: false,
    properties: { global: { type: 'object' }, ...properties(values) },
    allOf: combinations.map(([when, then]): Json => ({ if: when, then })),
    $defs: definitions(environment),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
