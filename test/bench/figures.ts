/** Arithmetic on measurements. Pure. */

/** The value below which `share` (0 to 1) of the measurements lie; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN;
}

export interface Summary {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What is worth knowing of many measurements. */
export function summary(values: readonly number[]): Summary {
  return {
    count: values.length,
    p50: percentile(values, 0.5),
    p99: percentile(values, 0.99),
    max: percentile(values, 1),
  };
}

/** Slope of the straight line nearest to the points, y for each x. */
export function slope(points: ReadonlyArray<readonly [x: number, y: number]>): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / spread;
}

/** Of neighbours in `values`, how many stand the wrong way round. */
export function inversions(values: readonly number[]): number {
  return values.filter((value, index) => value < (values[index - 1] ?? value)).length;
}

/** 3.4567 to '3.5', 45.6 to '46': as many digits as such a measurement is good for. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return Math.abs(value) < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}

/** Milliseconds for people: '3.4 ms', '640 ms', '1.27 s'. */
export function ms(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value < 1000 ? `${digits(value)} ms` : `${(value / 1000).toFixed(2)} s`;
}
