import type { Pod } from '../cluster/Pod.ts';

/**
 * Chooses among nodes that are equally good for `pod`; Kubernetes leaves it to chance.
 *
 * `candidates` has at least one name, in the order visited, and is good for this choice only; `decision` counts the choices of one
 * scheduler.
 */
export type TieBreak = (pod: Pod, candidates: readonly string[], decision: number) => string;

/** Takes the name with the smallest hash of `seed`, decision and name: even over the nodes, and the same on every machine. */
export function hashedTieBreak(seed: string): TieBreak {
  const seeded = fold(FNV_OFFSET, `${seed}/`);
  return (_pod, candidates, decision) => {
    let best = '';
    let lowest = Number.POSITIVE_INFINITY;
    const start = fold(fold(seeded, String(decision)), '/');
    for (const name of candidates) {
      const rank = mix(fold(start, name));
      if (rank < lowest || (rank === lowest && name < best)) {
        best = name;
        lowest = rank;
      }
    }
    return best;
  };
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over `text`, going on from `hash`. */
function fold(hash: number, text: string): number {
  let folded = hash;
  for (let i = 0; i < text.length; i += 1) folded = Math.imul(folded ^ text.charCodeAt(i), FNV_PRIME);
  return folded;
}

/** Spreads hashes of names that differ in their last letter only. */
function mix(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}
