/** A value in a text, how many line breaks are in it and where the line after the last one begins, from its own beginning. */
export interface PassedValue {
  readonly at: number;
  readonly length: number;
  readonly lineBreaks: number;
  readonly lineStart: number;
  /** Equal numbers stand for equal texts. */
  readonly textNumber: number;
}

/**
 * Remembers the last value in each of several places of an object, within one chunk of text: pods of one template stand one after the
 * other and repeat most of each other's text, which need not be looked at byte by byte again.
 */
export class RepeatedValues {
  private readonly view: DataView;
  private readonly last: (PassedValue | undefined)[] = [];

  constructor(view: DataView) {
    this.view = view;
  }

  /** The last value of `place` if the text at `at` begins with the same one. Only for values that show where they end. */
  find(place: number, at: number): PassedValue | undefined {
    const known = this.last[place];
    return known && isSame(this.view, known, at) ? known : undefined;
  }

  keep(place: number, value: PassedValue): void {
    this.last[place] = value;
  }
}

function isSame(view: DataView, { at: first, length }: PassedValue, second: number): boolean {
  if (second + length > view.byteLength) return false;
  let index = 0;
  for (; index + 4 <= length; index += 4) if (view.getUint32(first + index) !== view.getUint32(second + index)) return false;
  for (; index < length; index += 1) if (view.getUint8(first + index) !== view.getUint8(second + index)) return false;
  return true;
}
