import { type Duration, ZERO } from '../units.ts';

/**
 * A reaction of a controller: a workload controller looks at its workload again, the disruption controller writes the status of a budget,
 * the node lifecycle controller adds the taint of a cordoned node or removes it.
 */
export const reactions = ['deployment', 'replicaSet', 'statefulSet', 'daemonSet', 'budgetStatus', 'cordonTaint', 'uncordonTaint'] as const;

export type Reaction = (typeof reactions)[number];

/** Draws how long after a change of `entity` the reaction to it comes. */
export type Latency = (reaction: Reaction, entity: string) => Duration;

/** Everyone reacts in the same instant. */
export const NO_LATENCY: Latency = () => ZERO;
