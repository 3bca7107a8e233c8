import { batchSize } from './batchSize.ts';
import type { PacedPlan } from './RollStrategy.ts';

/** The sizes of the batches in which so many nodes are taken, first batch first. */
export function batchSizes(plan: PacedPlan, nodes: number): number[] {
  const sizes: number[] = [];
  for (let left = nodes; left > 0; left -= sizes.at(-1) ?? left) sizes.push(Math.min(left, batchSize(plan, sizes.length)));
  return sizes;
}
