import type { Pod } from '../cluster/Pod.ts';
import { hashOf, NameHashes, rankOf } from './NameHashes.ts';

/** Chooses among nodes that are equally good for a pod; Kubernetes leaves it to chance. */
export interface TieBreak {
  /**
   * `candidates` has at least one name, is in the order visited, and is valid only for this choice; `decision` counts the choices of one
   * scheduler.
   */
  (pod: Pod, candidates: readonly string[], decision: number): string;
  /** The same choices among the nodes with these `names`, told by index; undefined when there is no faster way. */
  readonly among?: (names: readonly string[]) => IndexedTieBreak;
}

/** Chooses one of the first `count` of `candidates`, which come in any order. */
export type IndexedTieBreak = (candidates: Int32Array, count: number, decision: number) => number;

/** Takes the name with the smallest hash of `seed`, decision and name: uniform over the nodes, and the same on every machine. */
export function hashedTieBreak(seed: string): TieBreak {
  const seedHash = hashOf(seed);
  const startOf = (decision: number) => rankOf(seedHash, decision);
  const among = (names: readonly string[]): IndexedTieBreak => {
    const hashes = new NameHashes(names);
    return (candidates, count, decision) => hashes.lowest(startOf(decision), candidates, count);
  };
  return Object.assign((_pod: Pod, candidates: readonly string[], decision: number) => lowestOf(candidates, startOf(decision)), { among });
}

function lowestOf(candidates: readonly string[], start: number): string {
  let best = '';
  let lowest = Number.POSITIVE_INFINITY;
  for (const name of candidates) {
    const rank = rankOf(hashOf(name), start);
    if (rank < lowest || (rank === lowest && name < best)) {
      best = name;
      lowest = rank;
    }
  }
  return best;
}
