/** Keeps one object of each distinct content, so that thousands of pods of one template share their parts. */
export class Interner {
  private readonly known = new Map<string, unknown>();

  /** The first value with the content of `value` (plain data without undefined in lists), `value` itself when it is new. */
  share<T>(value: T): T {
    const text = JSON.stringify(value);
    const first = this.known.get(text);
    if (first !== undefined) return first as T;
    this.known.set(text, value);
    return value;
  }
}
