import type { Refusal } from './NodeVerdict.ts';

/** The content of a message: the number of nodes, who refused and why, and the result of what was tried afterwards. */
export interface FitError {
  /** Number of nodes in the snapshot. */
  readonly nodes: number;
  /** The text of a plugin that refused the pod before any node was looked at. */
  readonly outright?: string;
  /** How many nodes there are with each verdict. */
  readonly verdicts: Tally;
  /** The text about what was tried afterwards; empty when nothing was, or when it succeeded. */
  readonly after?: string;
}

/** Refusals with the number of nodes that gave them; equal refusals may occur several times. */
export type Tally = Iterable<readonly [refusal: Refusal, nodes: number]>;

/** The tally of a list with one refusal for each node. */
export function tallyOf<R extends Refusal>(refusals: Iterable<R>): ReadonlyMap<R, number> {
  const tally = new Map<R, number>();
  for (const refusal of refusals) tally.set(refusal, (tally.get(refusal) ?? 0) + 1);
  return tally;
}

/**
 * The message of a pod that fits nowhere, as its PodScheduled condition and its FailedScheduling event have it. Reasons are counted over
 * the nodes and sorted as text together with their count.
 * @see kubernetes/kubernetes pkg/scheduler/framework/types.go (FitError)
 */
export function fitErrorMessage({ nodes, outright, verdicts, after = '' }: FitError): string {
  const counts = new Map<string, number>();
  for (const [{ reasons }, times] of verdicts) {
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + times);
  }
  const histogram = [...counts].map(([reason, count]) => `${count} ${reason}`).sort(byBytes);
  const detail = outright ?? histogram.join(', ');
  return `0/${nodes} nodes are available:${detail === '' ? '' : ` ${detail}.`}${after === '' ? '' : ` ${after}`}`;
}

function byBytes(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
