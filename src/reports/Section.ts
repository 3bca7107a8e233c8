/** A part of a report, before it is known how it will be shown; terminal text and Markdown are drawn from the same sections. */
export interface Section {
  readonly title: string;
  /** One sentence under the title. */
  readonly lead?: string;
  readonly table?: Grid;
  /** Said after the table: what was left out, and where it is. */
  readonly note?: string;
}

/** Rows of text under named columns. */
export interface Grid {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Column {
  readonly name: string;
  /** Figures stand on the right. */
  readonly align: 'left' | 'right';
  /** Spare columns give way where the page is too narrow; the files of the report folder have them all. */
  readonly weight: 'needed' | 'spare';
}

export interface Row {
  /** How the first cell is coloured where there is colour; the words always say the same. */
  readonly tone: Tone;
  readonly cells: readonly string[];
}

export type Tone = 'good' | 'bad' | 'warning' | 'plain';

/** Columns from a compact list of names: `>` before a name makes a column of figures, `?` after it a spare one. */
export function columns(...names: readonly string[]): Column[] {
  return names.map((name) => ({
    name: name.replace(/^>|\?$/g, ''),
    align: name.startsWith('>') ? 'right' : 'left',
    weight: name.endsWith('?') ? 'spare' : 'needed',
  }));
}

/** A section with a table, or nothing when there are no rows. */
export function tableSection(title: string, table: Grid, extra: Pick<Section, 'lead' | 'note'> = {}): Section[] {
  return table.rows.length === 0 ? [] : [{ title, table, ...extra }];
}
