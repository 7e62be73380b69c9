/** Tables for people: CSV (RFC 4180) with a byte order mark, so that spreadsheets read it as UTF-8, and nothing in it is taken for a formula. */

/** Behind these a spreadsheet would compute, or call a program. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  const plain = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(plain) || plain !== plain.trim() ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** One line with its end. */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** What a file begins with. */
export const CSV_START = '\ufeff';
