import { type Instant, instant } from '../units.ts';

/** One line of `events.ndjson.gz`. */
export interface EventRow {
  readonly at: Instant;
  readonly kind: string;
  readonly object: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/**
 * The event log of a run in numbers, with each text once: of a large cluster there are a million rows, which take long to be kept as objects, and
 * longer to be passed from thread to thread. {@link eventRows} reads them.
 */
export interface EventColumns {
  /** Every text that occurs; numbers name it by its place here. */
  readonly texts: readonly string[];
  /** Every name of a value in a detail, with the type of that value; numbers name it by its place here. */
  readonly fields: readonly EventField[];
  /** {@link ROW_WIDTH} numbers a row: when, the kind of event, the kind of object, which one, and how many values its detail has. */
  readonly rows: Float64Array;
  /** {@link VALUE_WIDTH} numbers a value, row after row: its field, and a number, or the place of a text, or 0 or 1. */
  readonly values: Float64Array;
}

export const ROW_WIDTH = 5;
export const VALUE_WIDTH = 2;

/** Name and type of a value in the detail of a row. */
export interface EventField {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean';
}

/** The log of a run that keeps none. */
export const NO_EVENTS: EventColumns = { texts: [], fields: [], rows: new Float64Array(0), values: new Float64Array(0) };

/** The rows of `columns` in order, made while they are read, as often as they are. */
export function eventRows(columns: EventColumns): Iterable<EventRow> {
  return { [Symbol.iterator]: () => rowsOf(columns) };
}

function* rowsOf(columns: EventColumns): Generator<EventRow> {
  const { rows } = columns;
  let value = 0;
  for (let row = 0; row < rows.length; row += ROW_WIDTH) {
    const end = value + VALUE_WIDTH * (rows[row + 4] ?? 0);
    const kind = textAt(columns, rows[row + 1]);
    const object = `${textAt(columns, rows[row + 2])}/${textAt(columns, rows[row + 3])}`;
    yield { at: instant(rows[row] ?? 0), kind, object, detail: detailOf(columns, value, end) };
    value = end;
  }
}

/** The detail whose values are from one place to before another. */
function detailOf(columns: EventColumns, from: number, to: number): EventRow['detail'] {
  const { fields, values } = columns;
  const detail: Record<string, EventValue> = {};
  for (let i = from; i < to; i += VALUE_WIDTH) {
    const field = fields[values[i] ?? 0];
    if (field) detail[field.name] = valueIn(columns, field, values[i + 1] ?? 0);
  }
  return detail;
}

type EventValue = EventRow['detail'][string];

function valueIn(columns: EventColumns, { type }: EventField, value: number): EventValue {
  switch (type) {
    case 'string':
      return textAt(columns, value);
    case 'number':
      return value;
    case 'boolean':
      return value === 1;
  }
}

function textAt({ texts }: EventColumns, place: number | undefined): string {
  return texts[place ?? 0] ?? '';
}
