import { carriedOver } from '../../sim/carriedOver.ts';
import type { Instant } from '../../units.ts';
import type { EventColumns, EventField, EventRow } from '../EventColumns.ts';

/** The subject of a row; `kind` and `name` stand for `kind/name`. */
export interface EventObject {
  readonly kind: string;
  readonly name: string;
}

/** Writes rows of an event log as {@link EventColumns}. */
export class EventRecorder {
  private readonly texts = new Map<string, number>();
  private readonly fields = new Map<string, number>();
  private readonly fieldList: EventField[] = [];
  private readonly rows = new NumberTape();
  private readonly values = new NumberTape();

  add(at: Instant, kind: string, object: EventObject, detail: EventRow['detail']): void {
    const { rows, values } = this;
    const names = Object.keys(detail);
    rows.push(at);
    rows.push(placeOf(this.texts, kind));
    rows.push(placeOf(this.texts, object.kind));
    rows.push(placeOf(this.texts, object.name));
    rows.push(names.length);
    for (const name of names) {
      const value = detail[name];
      if (value === undefined) continue;
      values.push(this.fieldFor(name, value));
      values.push(typeof value === 'string' ? placeOf(this.texts, value) : Number(value));
    }
  }

  columns(): EventColumns {
    return { texts: [...this.texts.keys()], fields: this.fieldList, rows: this.rows.all(), values: this.values.all() };
  }

  /** A name nearly always has a single type. */
  private fieldFor(name: string, value: string | number | boolean): number {
    const type = typeof value as EventField['type'];
    const known = this.fields.get(name);
    if (known !== undefined && this.fieldList[known]?.type === type) return known;
    const same = this.fieldList.findIndex((field) => field.name === name && field.type === type);
    const place = same < 0 ? this.fieldList.push({ name, type }) - 1 : same;
    this.fields.set(name, place);
    return place;
  }
}

function placeOf(places: Map<string, number>, text: string): number {
  const known = places.get(text);
  if (known !== undefined) return known;
  const place = places.size;
  places.set(text, place);
  return place;
}

/** Numbers that come one after another. */
class NumberTape {
  private numbers = new Float64Array(1024);
  private length = 0;

  push(number: number): void {
    if (this.length === this.numbers.length) this.numbers = carriedOver(this.numbers, new Float64Array(2 * this.length));
    this.numbers[this.length] = number;
    this.length += 1;
  }

  all(): Float64Array {
    return this.numbers.slice(0, this.length);
  }
}
