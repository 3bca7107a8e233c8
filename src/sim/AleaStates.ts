/**
 * How far many sequences of random numbers are: four numbers each, in one column, for a run has a sequence for every pod and most give a
 * single number.
 * @see Baagøe: Better random numbers for JavaScript (2010); https://github.com/davidbau/seedrandom (alea)
 */
export class AleaStates {
  /** Three fractions and a carry, sequence by sequence. */
  private values = new Float64Array(4);
  private count = 0;

  /** Begins the sequence `name`. @returns its place here. */
  begin(name: string): number {
    const place = 4 * this.count;
    this.count += 1;
    if (place === this.values.length) this.enlarge();
    const first = mash(BLANKS[2], name);
    const second = mash(first, name);
    const third = mash(second, name);
    this.values[place] = difference(BLANKS[0], first);
    this.values[place + 1] = difference(BLANKS[1], second);
    this.values[place + 2] = difference(BLANKS[2], third);
    this.values[place + 3] = 1;
    return place;
  }

  /** The next number of the sequence at `place`, uniform in [0, 1). */
  next(place: number): number {
    const { values } = this;
    const sum = 2091639 * (values[place] ?? 0) + (values[place + 3] ?? 0) / UNIT;
    const carry = Math.trunc(sum);
    const next = sum - carry;
    values[place] = values[place + 1] ?? 0;
    values[place + 1] = values[place + 2] ?? 0;
    values[place + 2] = next;
    values[place + 3] = carry;
    return next;
  }

  private enlarge(): void {
    const values = new Float64Array(2 * this.values.length);
    values.set(this.values);
    this.values = values;
  }
}

const UNIT = 2 ** 32;

/** Goes on with the hash `from` over `text`; every bit of it depends on every letter. */
function mash(from: number, text: string): number {
  let hash = from;
  for (let i = 0; i < text.length; i += 1) {
    hash += text.charCodeAt(i);
    let part = 0.02519603282416938 * hash;
    hash = part >>> 0;
    part = (part - hash) * hash;
    hash = part >>> 0;
    hash += (part - hash) * UNIT;
  }
  return hash;
}

/** Three blanks are hashed first, then the name three times over, each time from where the hash stands. */
const BLANKS = blanks();

function blanks(): readonly [number, number, number] {
  const first = mash(0xefc8249d, ' ');
  const second = mash(first, ' ');
  return [first, second, mash(second, ' ')];
}

/** Of two hashes as fractions, in [0, 1). */
function difference(hash: number, other: number): number {
  const part = (hash >>> 0) / UNIT - (other >>> 0) / UNIT;
  return part < 0 ? part + 1 : part;
}
