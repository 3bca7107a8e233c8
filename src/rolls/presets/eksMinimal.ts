import { minutes, seconds } from '../../units.ts';
import { eks } from '../drains/eks.ts';
import type { Preset } from '../Preset.ts';
import { replacingKnobs } from '../replacingKnobs.ts';

/**
 * Amazon EKS: update of a managed node group with the update strategy MINIMAL, which makes no node beyond those that there are.
 *
 * Up to `maxUnavailable` old nodes at once, at most 100, are drained and terminated, and new ones follow. The order is random, except that
 * nodes which are not Ready go first. A node whose pods are not gone after 15 minutes fails the whole update (PodEvictionFailure); with force
 * they are deleted: `drain: {onTimeout: force}`. A minute passes between the end of a drain and the termination. A percentage is rounded down,
 * to one node at least, which is an assumption; and so is an hour after which a new node that is not Ready has failed (NodeCreationFailure).
 * @see Amazon EKS user guide, "Understand each phase of node updates"; API NodegroupUpdateConfig
 */
export const eksMinimal: Preset = {
  name: 'eks-minimal',
  describes: 'Amazon EKS: update a managed node group, old nodes first; a new node not Ready after 1h (assumed) has failed',
  maxUnavailable: { min: 1, max: 100, percent: 'floor', percentOf: 'pool', fallback: 1 },
  surge: {
    strategy: 'rollingUpdate',
    nodes: { min: 0, max: 0, percent: 'refused', percentOf: 'pool', fallback: 0 },
  },
  knobs: {
    ...replacingKnobs,
    drain: eks.plan,
    pauseAfterDrain: seconds(60),
    order: 'random',
    failure: { readyTimeout: minutes(60), then: 'stop', retries: 0 },
  },
};
