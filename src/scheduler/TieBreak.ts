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

/**
 * Takes the node with the smallest hash of `seed`, decision and lot, which is its name unless `lotOf` tells another: uniform over the nodes,
 * and the same on every machine.
 */
export function hashedTieBreak(seed: string, lotOf: (name: string) => string = sameName): TieBreak {
  const seedHash = hashOf(seed);
  const startOf = (decision: number) => rankOf(seedHash, decision);
  const among = (names: readonly string[]): IndexedTieBreak => {
    const hashes = new NameHashes(names.map(lotOf));
    return (candidates, count, decision) => hashes.lowest(startOf(decision), candidates, count);
  };
  const choose: TieBreak = (_pod, candidates, decision) => candidates[lowestOf(candidates.map(lotOf), startOf(decision))] ?? '';
  return Object.assign(choose, { among });
}

function sameName(name: string): string {
  return name;
}

/** The index of the lot with the lowest rank. */
function lowestOf(lots: readonly string[], start: number): number {
  let best = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (const [index, lot] of lots.entries()) {
    const rank = rankOf(hashOf(lot), start);
    if (rank < lowest || (rank === lowest && lot < (lots[best] ?? ''))) {
      best = index;
      lowest = rank;
    }
  }
  return best;
}
