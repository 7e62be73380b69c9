/** The version, in one place: package.json. A release adds to its own what it was built from. And what changed between versions: CHANGELOG.md. */
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

/** Positive when `a` is the newer of two semantic versions; a pre-release comes before its release. */
export function compareVersions(a: string, b: string): number {
  const parts = (version: string) => {
    const [core = '', pre] = version.split(/[-+]/, 2);
    return { numbers: core.split('.').map(Number), pre: version.includes('-') ? pre : undefined };
  };
  const [left, right] = [parts(a), parts(b)];
  for (let at = 0; at < 3; at += 1) {
    const difference = (left.numbers[at] ?? 0) - (right.numbers[at] ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  if (left.pre === right.pre) return 0;
  if (left.pre === undefined) return 1;
  return right.pre === undefined ? -1 : left.pre.localeCompare(right.pre, 'en', { numeric: true });
}

/** The points of `changelog` for every version after `before` up to `now`, the newest first, without Markdown. */
export function changesBetween(changelog: string, before: string, now: string): string[] {
  return changelog.split(/^## /m).flatMap((section) => {
    const version = /^\[?v?(\d+\.\d+\.\d+[\w.-]*)/.exec(section)?.[1];
    if (!version || compareVersions(version, before) <= 0 || compareVersions(version, now) > 0) return [];
    return section
      .split(/^[-*] /m)
      .slice(1)
      .map((point) =>
        (point.split(/\n\s*\n/)[0] ?? '')
          .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
          .replaceAll(/[`*]/g, '')
          .replaceAll(/\s+/g, ' ')
          .trim(),
      )
      .filter((point) => point !== '');
  });
}

/** The changelog that lies beside package.json; '' where a release was built without it. */
export function readChangelog(): string {
  try {
    return readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');
  } catch {
    return '';
  }
}
