import type { NodeReset } from '../rolls/NodeReset.ts';

/** Whether a node ended a roll as it should: in service, replaced, or rightly left alone. A roll is complete when all of its nodes did. */
export function isFine({ outcome }: NodeReset): boolean {
  return outcome === 'inService' || outcome === 'replaced' || outcome === 'skipped';
}
