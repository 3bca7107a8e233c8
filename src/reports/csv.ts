/** A cell of a CSV file; undefined and null are empty. */
export type CsvCell = string | number | null | undefined;

/**
 * Lines of CSV according to RFC 4180: CRLF, quotes doubled. Text that a spreadsheet would take for a formula is prefixed with an
 * apostrophe; numbers stay as they are.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function* csv(header: readonly string[], rows: Iterable<readonly CsvCell[]>): Generator<string> {
  yield csvLine(header);
  for (const row of rows) yield csvLine(row);
}

function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: CsvCell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
