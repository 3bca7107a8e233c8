import type { Column, Grid } from './Section.ts';

/** Blanks between two columns. */
export const GAP = 2;
const NARROWEST = 12;

/** A grid cut to fit: the columns that are left, how wide each is, and the cells wrapped to that width. */
export interface FittedGrid {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
  readonly header: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

/**
 * Makes `grid` fit into `width` places. Columns of dashes alone are dropped first, then spare columns from the right; after that
 * headers and finally words are wrapped, the widest first. No text is cut off; if the page is still too narrow, lines run over.
 */
export function fitGrid(grid: Grid, width: number): FittedGrid {
  const kept = keptColumns(grid, width);
  const columns = kept.flatMap((index) => grid.columns[index] ?? []);
  const texts = grid.rows.map(({ cells }) => kept.map((index) => cells[index] ?? ''));
  const least = kept.map((index) => leastWidth(grid, index));
  const cellsOnly = kept.map((index, at) => Math.max(longestCell(grid.rows, index), least[at] ?? 0));
  const natural = kept.map((index) => naturalWidth(grid, index));
  const widths = shrink(shrink(natural, cellsOnly, width), least, width);
  const wrapRow = (row: readonly string[]) => row.map((text, index) => wrap(text, widths[index] ?? width));
  return { columns, widths, header: wrapRow(columns.map(({ name }) => name)), cells: texts.map(wrapRow) };
}

function keptColumns(grid: Grid, width: number): number[] {
  const { columns, rows } = grid;
  const kept = columns.map((_, index) => index).filter((index) => index === 0 || rows.some(({ cells }) => cells[index] !== '-'));
  for (let at = kept.length - 1; at >= 0 && total(kept.map((index) => leastWidth(grid, index))) > width; at -= 1) {
    if (columns[kept[at] ?? 0]?.weight === 'spare') kept.splice(at, 1);
  }
  return kept;
}

function naturalWidth({ columns, rows }: Grid, index: number): number {
  return Math.max(columns[index]?.name.length ?? 0, longestCell(rows, index));
}

/** Figures are never wrapped; words are, down to a narrow column, and so is a header. */
function leastWidth(grid: Grid, index: number): number {
  const column = grid.columns[index];
  if (column?.align === 'left') return Math.min(naturalWidth(grid, index), NARROWEST);
  const words = (column?.name ?? '').split(' ').map((word) => word.length);
  return Math.max(longestCell(grid.rows, index), ...words);
}

function longestCell(rows: Grid['rows'], index: number): number {
  return Math.max(0, ...rows.map(({ cells }) => placesOf(cells[index] ?? '')));
}

/** Takes one character at a time from the widest column that can still give one, until the grid fits. */
function shrink(natural: readonly number[], least: readonly number[], width: number): number[] {
  const widths = [...natural];
  while (total(widths) > width) {
    const giving = widths.map((size, index) => (size > (least[index] ?? 0) ? size : 0));
    const widest = giving.indexOf(Math.max(...giving));
    if (!giving[widest]) return widths;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, size) => sum + size, GAP * Math.max(0, widths.length - 1));
}

/**
 * Breaks `text` into lines of at most `width` places: between words where possible, otherwise after `/` or `,`, otherwise anywhere. What would
 * command a terminal instead of being shown is left out.
 */
export function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let rest = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim();
  while (placesOf(rest) > width) {
    const room = fitting(rest, width);
    const space = rest.lastIndexOf(' ', room);
    const mark = Math.max(rest.lastIndexOf('/', room - 1), rest.lastIndexOf('-', room - 1), rest.lastIndexOf(',', room - 1)) + 1;
    const end = space > 0 ? space : mark > 1 ? mark : room;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest].join('\n');
}

/** Letters of East Asia and pictures, which are twice as wide as others. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/**
 * How many places of a terminal `text` takes at most.
 * @see Unicode Standard Annex 11: East Asian Width
 */
function placesOf(text: string): number {
  return WIDE.test(text) ? [...text].reduce((places, letter) => places + placesOfLetter(letter), 0) : text.length;
}

function placesOfLetter(letter: string): number {
  return WIDE.test(letter) ? 2 : letter.length;
}

/** Length of the longest beginning of `text` that takes at most `width` places, and of a letter at least. */
function fitting(text: string, width: number): number {
  let [length, places] = [0, 0];
  for (const letter of text) {
    places += placesOfLetter(letter);
    if (places > width && length > 0) break;
    length += letter.length;
  }
  return length;
}
