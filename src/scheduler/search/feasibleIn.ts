import type { RefusedNodes } from './RefusedNodes.ts';
import type { SearchPlan } from './SearchPlan.ts';

/**
 * The nodes of `block` that accept the pod, have the room, and are not in `refused`. Fits and scores of the accepting nodes must have been
 * worked out.
 */
export function feasibleIn({ placement, resources }: SearchPlan, { words }: RefusedNodes, block: number): number {
  return (placement.admits[block] ?? 0) & (resources.fits[block] ?? 0) & ~(words[block] ?? 0);
}
