import type { JsonPiece } from './JsonSplitter.ts';
import { SharedTexts } from './SharedTexts.ts';
import type { SiftRule } from './siftRules.ts';

type Fields = Record<string, unknown>;

/** Parses objects of a dump: without the parts that nobody reads, and with one value for parts that are equal. */
export class PieceParser {
  private readonly decoder = new TextDecoder();
  private readonly shared = new SharedTexts();

  /** The text of the whole object as it stands in the dump. */
  text({ bytes }: JsonPiece<SiftRule>): string {
    return this.decoder.decode(bytes);
  }

  /** The object, with the kind that its list gives it. @throws SyntaxError when it is no JSON. */
  parse(piece: JsonPiece<SiftRule>): unknown {
    const value: unknown = JSON.parse(this.textWithout(piece));
    if (!isFields(value)) return value;
    for (const { section, name, rule, ...part } of piece.taken) {
      const parent = value[section];
      if (rule === 'unread' || !isFields(parent)) continue;
      const text = this.decoder.decode(piece.bytes.subarray(part.valueStart, part.valueEnd));
      parent[name] = this.shared.parse(text, rule(text));
    }
    return Object.keys(piece.inherited).length > 0 ? { ...piece.inherited, ...value } : value;
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
