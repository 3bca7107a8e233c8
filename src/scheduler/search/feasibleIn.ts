import type { RefusedNodes } from './RefusedNodes.ts';
import type { SearchPlan } from './SearchPlan.ts';

/**
 * The nodes of `block` that let the pod in and have the room, without those that `refused` leaves out. What there is to know of those that let
 * it in must be worked out.
 */
export function feasibleIn({ placement, resources }: SearchPlan, { words }: RefusedNodes, block: number): number {
  return (placement.admits[block] ?? 0) & (resources.fits[block] ?? 0) & ~(words[block] ?? 0);
}
