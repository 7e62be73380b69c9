/** The version, in one place: package.json. The image may add what it was built from. */
import { readFileSync } from 'node:fs';

const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** Semantic version of this program. */
export const version: string =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0.0.0';

/** Git revision the image was built from; 'unknown' in a checkout. */
export const revision: string = process.env['STEWARD_REVISION'] ?? 'unknown';

/** When the image was built, ISO 8601; null in a checkout. */
export const builtAt: string | null = process.env['STEWARD_BUILT_AT'] ?? null;
