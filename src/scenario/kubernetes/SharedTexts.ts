/** Characters of the texts that are remembered in each of two generations. */
const GENERATION = 300_000;

/**
 * Parses JSON texts, equal ones once: pods of one template have equal parts and usually follow one another. Texts that were not asked for
 * in a while are forgotten and parsed again.
 */
export class SharedTexts {
  private young = new Map<string, unknown>();
  private old = new Map<string, unknown>();
  private length = 0;

  /** The value of `text`; texts with one `key` share the value of the first of them. Nobody may change it. */
  parse(text: string, key: string): unknown {
    const young = this.young.get(key);
    if (young !== undefined) return young;
    const value: unknown = this.old.get(key) ?? JSON.parse(text);
    this.remember(key, value);
    return value;
  }

  private remember(key: string, value: unknown): void {
    this.length += key.length;
    if (this.length > GENERATION) {
      this.old = this.young;
      this.young = new Map();
      this.length = key.length;
    }
    this.young.set(key, value);
  }
}
