/** The machine a run was made on, for beside its figures. */
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';

/** One line; `postgres` is the server's version. */
export function machine(postgres: string): string {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const cores = availableParallelism();
  return [
    `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cores} core${cores === 1 ? '' : 's'}, ${memory}`,
    `${process.platform} ${release()} ${process.arch}`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${postgres}, fsync on`,
  ].join(' · ');
}

/** Resident memory of a process in MiB; NaN where the system does not tell. */
export function residentMiB(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** Processor time a process used so far, seconds; NaN where the system does not tell. */
export function processorSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}
