/** A value in a text, with the number of its line breaks and the offset, from its beginning, of the line after the last one. */
export interface PassedValue {
  readonly at: number;
  readonly length: number;
  readonly lineBreaks: number;
  readonly lineStart: number;
  /** Equal numbers stand for equal texts. */
  readonly textNumber: number;
}

/**
 * Remembers the last value in each of several places of an object, within one chunk of text. Pods of one template follow one another and
 * repeat most of each other's text, which need not be scanned byte by byte again. The random end of the name of the volume with a service
 * account's token counts as equal: it differs in every pod, and no reader looks at it.
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
  while (index < length) {
    if (index + 4 <= length && view.getUint32(first + index) === view.getUint32(second + index)) index += 4;
    else if (view.getUint8(first + index) === view.getUint8(second + index)) index += 1;
    else {
      const end = endOfRandomName(view, first + index) - first;
      if (end < 0 || end !== endOfRandomName(view, second + index) - second) return false;
      index = end;
    }
  }
  return true;
}

const PREFIX = new TextEncoder().encode('kube-api-access-');
const RANDOM_LETTERS = 5;
const QUOTE = 0x22;

/** The offset after the random letters that `at` is in the middle of, -1 when it is not. */
function endOfRandomName(view: DataView, at: number): number {
  let start = at;
  while (start > 0 && at - start < RANDOM_LETTERS && isLetterOrDigit(view.getUint8(start - 1))) start -= 1;
  const end = start + RANDOM_LETTERS;
  if (start < PREFIX.length || end >= view.byteLength || view.getUint8(end) !== QUOTE) return -1;
  for (const [index, byte] of PREFIX.entries()) if (view.getUint8(start - PREFIX.length + index) !== byte) return -1;
  for (let letter = start; letter < end; letter += 1) if (!isLetterOrDigit(view.getUint8(letter))) return -1;
  return end;
}

function isLetterOrDigit(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39);
}
