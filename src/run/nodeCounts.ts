import type { NodeReset } from '../rolls/NodeReset.ts';
import { type Instant, START } from '../units.ts';
import type { StepSeries } from './RunResult.ts';

/**
 * Counts the nodes between their cordon and their return (a failed one stays away). A new node makes up for one that was cordoned; beyond
 * that nothing is away.
 */
export function nodesAway(resets: readonly NodeReset[]): StepSeries {
  const { times, values } = running(
    resets.flatMap(({ cordonedAt, inServiceAt, createdAt }) => [
      ...(cordonedAt === undefined ? [] : [{ at: cordonedAt, by: 1 }]),
      ...(inServiceAt === undefined || (cordonedAt ?? createdAt) === undefined ? [] : [{ at: inServiceAt, by: -1 }]),
    ]),
  );
  return { times, values: values.map((value) => Math.max(0, value)) };
}

/** The most machines at once in a roll that replaces nodes: one that is gone leaves its place to one that is made in the same instant. */
export function peakNodes(resets: readonly NodeReset[]): number {
  const { values } = running(
    resets.flatMap(({ createdAt, outcome, endedAt }) => [
      { at: createdAt ?? START, by: 1 },
      ...(outcome === 'replaced' ? [{ at: endedAt, by: -1 }] : []),
    ]),
  );
  return Math.max(0, ...values);
}

/** The sum of all steps up to and including each instant at which there are any, from the start on. */
function running(steps: readonly { readonly at: Instant; readonly by: number }[]): StepSeries {
  const changes = new Map<Instant, number>([[START, 0]]);
  for (const { at, by } of steps) changes.set(at, (changes.get(at) ?? 0) + by);
  const times = [...changes.keys()].sort((a, b) => a - b);
  let sum = 0;
  const values = times.map((time) => {
    sum += changes.get(time) ?? 0;
    return sum;
  });
  return { times, values };
}
