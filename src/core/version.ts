/** The version, in one place: package.json. A release adds to its own what it was built from. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifest = z
  .object({
    version: z.string(),
    build: z.object({ revision: z.string(), at: z.string().nullable() }).default({ revision: 'unknown', at: null }),
  })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

/** Semantic version of this program. */
export const version: string = manifest.version;

/** Git revision the release was built from; 'unknown' in a checkout. */
export const revision: string = manifest.build.revision;

/** When the release was built, ISO 8601; null in a checkout. */
export const builtAt: string | null = manifest.build.at;
