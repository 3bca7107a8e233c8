import { type Duration, ZERO } from '../units.ts';

/**
 * What a controller does because something changed: a workload controller looks at its workload again, the disruption controller writes a
 * budget's status, the node lifecycle controller taints a cordoned node or takes that taint back.
 */
export const reactions = ['deployment', 'replicaSet', 'statefulSet', 'daemonSet', 'budgetStatus', 'cordonTaint', 'uncordonTaint'] as const;

export type Reaction = (typeof reactions)[number];

/** Draws how long after a change of `entity` the reaction to it comes. */
export type Latency = (reaction: Reaction, entity: string) => Duration;

/** Everyone reacts in the same instant. */
export const NO_LATENCY: Latency = () => ZERO;
