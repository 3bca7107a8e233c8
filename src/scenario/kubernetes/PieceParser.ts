import type { TakenMember } from './JsonSifter.ts';
import type { JsonPiece } from './JsonSplitter.ts';
import { SharedTexts } from './SharedTexts.ts';
import type { SiftRule } from './siftRules.ts';

const NUMBERED = 50;

type Fields = Record<string, unknown>;

/** Parses objects of a dump: without the parts that nobody reads, and with one value for parts that are equal. */
export class PieceParser {
  private readonly decoder = new TextDecoder();
  private readonly shared = new SharedTexts();
  /** Values by the number of their text: those of the last few objects. */
  private readonly numbered = new Map<number, unknown>();

  /** The text of the whole object as it stands in the dump. */
  text({ bytes }: JsonPiece<SiftRule>): string {
    return this.decoder.decode(bytes);
  }

  /** The object, with the kind that its list gives it. @throws SyntaxError when it is no JSON. */
  parse(piece: JsonPiece<SiftRule>): unknown {
    const value: unknown = JSON.parse(this.textWithout(piece));
    if (!isFields(value)) return value;
    for (const taken of piece.taken) {
      const parent = value[taken.section];
      if (taken.rule === 'unread' || !isFields(parent)) continue;
      if (typeof taken.rule === 'function') parent[taken.name] = this.part(piece.bytes, taken, taken.rule);
      else if (taken.rule.readIf(value)) parent[taken.name] = JSON.parse(this.textOf(piece.bytes, taken));
    }
    return piece.inherited.kind === undefined ? value : { ...piece.inherited, ...value };
  }

  private part(bytes: Uint8Array, taken: TakenMember<SiftRule>, keyOf: (text: string) => string): unknown {
    const { textNumber } = taken;
    const known = this.numbered.get(textNumber);
    if (known !== undefined) return known;
    const text = this.textOf(bytes, taken);
    const value = this.shared.parse(text, keyOf(text));
    if (this.numbered.size >= NUMBERED) this.numbered.clear();
    if (textNumber !== 0) this.numbered.set(textNumber, value);
    return value;
  }

  private textOf(bytes: Uint8Array, { valueStart, valueEnd }: TakenMember<SiftRule>): string {
    return this.decoder.decode(bytes.subarray(valueStart, valueEnd));
  }

  private textWithout({ bytes, taken }: JsonPiece<SiftRule>): string {
    let text = '';
    let kept = 0;
    for (const { from, to } of taken) {
      text += this.decoder.decode(bytes.subarray(kept, from));
      kept = to;
    }
    return text + this.decoder.decode(bytes.subarray(kept));
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
