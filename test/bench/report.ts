/** What a measurement comes to, and the table of all. */

export type Verdict = 'met' | 'missed' | 'shown' | 'skipped' | 'failed';

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  /** '' where no number is promised */
  readonly target: string;
  /** a peer or a limit measured in the same run, and the ratio to it */
  readonly beside: string;
  readonly verdict: Verdict;
}

/** How a row is measured. */
export interface Measurement {
  /** for --only */
  readonly name: string;
  readonly run: (bench: Bench) => Promise<Row[]>;
}

/** What a measurement may use. */
export interface Bench {
  /** shorter, for a look; figures of a full run are steadier */
  readonly quick: boolean;
  /** a line for each command, not only the slowest */
  readonly detail: boolean;
  /** tells who waits what is going on */
  note(text: string): void;
}

/** A line whose verdict follows from whether its target was met. */
export function judged(met: boolean, row: Omit<Row, 'verdict'>): Row {
  return { ...row, verdict: met ? 'met' : 'missed' };
}

const MARKS: Readonly<Record<Verdict, string>> = {
  met: '✓ met',
  missed: '✗ missed',
  shown: '·',
  skipped: '– skipped',
  failed: '✗ failed',
};
const COLUMNS = ['what', 'measured', 'target', 'beside it', 'verdict'] as const;

/** Cuts `text` into lines of at most `width` characters, between words where words are shorter. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  const words = text.split(' ').flatMap((word) => word.match(new RegExp(`.{1,${width}}`, 'gu')) ?? ['']);
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** The table, at most `width` characters wide. */
export function table(rows: readonly Row[], width: number): string {
  const cells = rows.map((row) => [row.what, row.measured, row.target, row.beside, MARKS[row.verdict]]);
  const widest = COLUMNS.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const verdictWidth = widest[4] ?? 10;
  const room = Math.max(80, width) - verdictWidth - 4 * 3;
  // Long texts share what the short ones leave.
  const shares = [0.29, 0.27, 0.19, 0.25].map((share, column) =>
    Math.min(widest[column] ?? 0, Math.floor(room * share)),
  );
  const widths = [...shares, verdictWidth];
  const draw = (parts: readonly string[]) =>
    parts
      .map((part, column) => part.padEnd(widths[column] ?? 0))
      .join(' │ ')
      .trimEnd();
  const line = (left: string) => widths.map((each) => left.repeat(each)).join(`${left}┼${left}`);
  const body = cells.flatMap((row) => {
    const wrapped = row.map((cell, column) => wrap(cell, widths[column] ?? 10));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, index) => draw(wrapped.map((lines) => lines[index] ?? '')));
  });
  return [draw(COLUMNS), line('─'), ...body].join('\n');
}
