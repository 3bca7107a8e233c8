import type { Pod } from '../cluster/Pod.ts';

/**
 * Chooses among nodes that are equally good for `pod`; Kubernetes leaves it to chance.
 *
 * `candidates` has at least one name, in the order visited; `decision` counts the choices of one scheduler.
 */
export type TieBreak = (pod: Pod, candidates: readonly string[], decision: number) => string;

/** Takes the name with the smallest hash of `seed`, decision and name: even over the nodes, and the same on every machine. */
export function hashedTieBreak(seed: string): TieBreak {
  return (_pod, candidates, decision) => {
    let best = '';
    let lowest = Number.POSITIVE_INFINITY;
    for (const name of candidates) {
      const rank = hashOf(`${seed}/${decision}/${name}`);
      if (rank < lowest || (rank === lowest && name < best)) {
        best = name;
        lowest = rank;
      }
    }
    return best;
  };
}

/** FNV-1a with a final mix, so that names that differ in their last letter are far apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
