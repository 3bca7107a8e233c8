/** Keeps one object of each distinct content, so that thousands of pods of one template share their parts. */
export class Interner {
  private readonly known = new Map<string, unknown>();
  private readonly numbers = new Map<unknown, number>();

  /** The first value with the content of `value` (plain data), `value` itself when it is new. */
  share<T>(value: T): T {
    return this.shareAs(JSON.stringify(value), value);
  }

  /** One object of `parts`, which were shared before and are told apart by identity, and `rest`, which is told apart by content. */
  shareTogether<P extends object, R extends object>(parts: P, rest: R): P & R {
    const numbers = Object.values(parts).map((part) => this.numberOf(part));
    return this.shareAs(`${numbers.join()} ${JSON.stringify(rest)}`, { ...parts, ...rest });
  }

  private shareAs<T>(text: string, value: T): T {
    const first = this.known.get(text);
    if (first !== undefined) return first as T;
    this.known.set(text, value);
    return value;
  }

  private numberOf(part: unknown): number {
    const number = this.numbers.get(part) ?? this.numbers.size;
    this.numbers.set(part, number);
    return number;
  }
}
