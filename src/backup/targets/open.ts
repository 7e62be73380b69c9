/** Which place archives are kept in: a folder, or a bucket, whose client is loaded only then. */
import type { Config } from '../../config/config.ts';
import type { Clock } from '../../core/clock.ts';
import type { Target } from './target.ts';

/** Opens the place archives are kept in. `place`: another than the configured one. */
export async function openTarget(
  config: Pick<Config, 'backup' | 's3'>,
  clock: Clock,
  place = config.backup.target,
): Promise<Target> {
  if (!place.startsWith('s3:')) return (await import('./folder.ts')).folderTarget(place, clock);
  return (await import('./s3.ts')).s3Target(place, config.s3, clock);
}
