/** How many bits of `word` are set. */
export function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** 1 if any bit of `word` is set, 0 if none is; worked out without a branch. */
export function isAny(word: number): number {
  return (word | -word) >>> 31;
}

/** The index of the lowest bit that is set in `word`, which is not 0. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** Sets bit `position` of `words`. */
export function setBit(words: Int32Array, position: number): void {
  const index = position >> 5;
  words[index] = (words[index] ?? 0) | (1 << (position & 31));
}

/** Clears bit `position` of `words`. */
export function clearBit(words: Int32Array, position: number): void {
  const index = position >> 5;
  words[index] = (words[index] ?? 0) & ~(1 << (position & 31));
}

/** Sets or clears bit `position` of `words`. */
export function putBit(words: Int32Array, position: number, isSet: boolean): void {
  const index = position >> 5;
  const bit = 1 << (position & 31);
  const word = words[index] ?? 0;
  words[index] = isSet ? word | bit : word & ~bit;
}

/** Sets the bits of the first `nodes` nodes, and no others. */
export function setAll(words: Int32Array, nodes: number): void {
  words.fill(-1);
  if ((nodes & 31) !== 0) words[nodes >> 5] = ~(-1 << (nodes & 31));
}

/** Sets all bits of `words` that are set in `others`, which are as many words. */
export function setBits(words: Int32Array, others: Int32Array): void {
  for (let i = 0; i < words.length; i += 1) words[i] = (words[i] ?? 0) | (others[i] ?? 0);
}

/** Whether bit `position` of `words` is set. */
export function hasBit(words: Int32Array, position: number): boolean {
  return (((words[position >> 5] ?? 0) >> (position & 31)) & 1) === 1;
}

/** Those bits of the word `index` of many whose positions are in a range. */
export function bitsBetween(index: number, from: number, to: number): number {
  const first = from - (index << 5);
  const end = to - (index << 5);
  return (first > 0 ? -1 << first : -1) & (end < 32 ? ~(-1 << end) : -1);
}

/** How many words hold a bit for each of `nodes` nodes. */
export function wordsFor(nodes: number): number {
  return (nodes + 31) >> 5;
}

/** Writes the positions of the bits of `words` into `list`, in the order of a round that begins at `start`. @returns how many there are. */
export function listBits(words: Int32Array, start: number, list: Int32Array): number {
  const begin = start >> 5;
  const fromStart = -1 << (start & 31);
  let count = 0;
  for (let step = 0; step <= words.length; step += 1) {
    const index = begin + step < words.length ? begin + step : begin + step - words.length;
    const word = words[index] ?? 0;
    if (word === 0) continue;
    // The word with the start comes twice, its first part last.
    let bits = step === 0 ? word & fromStart : step === words.length ? word & ~fromStart : word;
    for (; bits !== 0; bits &= bits - 1) {
      list[count] = (index << 5) + lowestBit(bits);
      count += 1;
    }
  }
  return count;
}
