/** Keeps one object of each distinct content, so that thousands of pods of one template share their parts. */
export class Interner {
  private readonly known = new Map<string, unknown>();
  private readonly joined = new Map<string, unknown>();
  private readonly numbers = new Map<unknown, number>();
  private readonly texts = new Map<string, string>();

  /** The first value with the content of `value` (plain data), `value` itself when it is new. */
  share<T>(value: T): T {
    return firstOf(this.known, JSON.stringify(value), () => value);
  }

  /** The first text that is equal to `text`. */
  shareText(text: string): string {
    return firstOf(this.texts, text, () => text);
  }

  /** One object for each combination of `parts`, which were shared before and are told apart by identity; `make` makes a new one. */
  shareJoined<T>(parts: readonly unknown[], make: () => T): T {
    return firstOf(this.joined, parts.map((part) => this.numberOf(part)).join(), make);
  }

  private numberOf(part: unknown): number {
    const number = this.numbers.get(part) ?? this.numbers.size;
    this.numbers.set(part, number);
    return number;
  }
}

function firstOf<T>(known: Map<string, unknown>, key: string, make: () => T): T {
  const first = known.get(key);
  if (first !== undefined) return first as T;
  const value = make();
  known.set(key, value);
  return value;
}
