/**
 * A named sequence of random numbers; equal names give equal sequences on every machine, those of seedrandom's `alea`.
 *
 * A run has streams for every pod, and most give a single number: so nothing but the bare state is kept, and that only from the first
 * number on.
 * @see Baagøe: Better random numbers for JavaScript (2010); https://github.com/davidbau/seedrandom (alea)
 */
export class RandomStream {
  private readonly name: string;
  private state: AleaState | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** The next number, uniform in [0, 1). */
  next(): number {
    this.state ??= seeded(this.name);
    return advance(this.state);
  }
}

/** The four numbers that Alea goes on from: three fractions and a carry. */
interface AleaState {
  s0: number;
  s1: number;
  s2: number;
  carry: number;
}

const UNIT = 2 ** 32;

function advance(state: AleaState): number {
  const sum = 2091639 * state.s0 + state.carry / UNIT;
  state.s0 = state.s1;
  state.s1 = state.s2;
  state.carry = Math.trunc(sum);
  state.s2 = sum - state.carry;
  return state.s2;
}

/** Three blanks are hashed first, then the name three times over, each time from where the hash stands. */
function seeded(name: string): AleaState {
  const first = mash(BLANKS[2], name);
  const second = mash(first, name);
  const third = mash(second, name);
  return {
    s0: difference(BLANKS[0], first),
    s1: difference(BLANKS[1], second),
    s2: difference(BLANKS[2], third),
    carry: 1,
  };
}

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
