/** What changed from one version to another, as CHANGELOG.md tells it. */
import { readFileSync } from 'node:fs';

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
