import type { RunResult } from '../run/RunResult.ts';
import type { TraceSummary } from '../scenario/recording/RollTrace.ts';
import { toSeconds } from '../units.ts';

/** One figure of a roll, recorded or forecast. */
export interface RollFigure {
  /** `roll`, `Node/n1` or `Deployment/default/web`. */
  readonly object: string;
  readonly what:
    | 'duration'
    | 'drained'
    | 'refusals'
    | 'outcome'
    | 'outage'
    | 'degraded'
    | 'minReady'
    | 'moves'
    | 'peak'
    | 'podSeconds'
    | 'neverScheduled';
  /** `seconds` and `counts` agree within a tolerance, `exact` ones do not. */
  readonly unit: 'seconds' | 'count' | 'exact';
  /** Whether a forecast that is wrong about it is wrong altogether. */
  readonly isDecisive: boolean;
  /** null: it did not happen (a node that was not drained). */
  readonly value: number | string | null;
  /** Where a forecast only knows that the figure lies between `value` and this. */
  readonly atMost?: number;
}

/** The figures that a recording gives for one of its runs. */
export function figuresOfSummary({ durationSeconds, nodes, workloads, pending, neverScheduled }: TraceSummary): RollFigure[] {
  return [
    ...rollFigures({
      duration: durationSeconds,
      peak: pending.peak,
      podSeconds: pending.podSeconds,
      neverScheduled: neverScheduled.length,
    }),
    ...nodes.flatMap(({ name, outcome, cordonedAt, drainedAt, refusals }) => {
      const drained = typeof drainedAt === 'number' && typeof cordonedAt === 'number' ? drainedAt - cordonedAt : null;
      return nodeFigures(name, { outcome, drained, refusals });
    }),
    ...workloads.flatMap(({ outageSeconds: outage, degradedSeconds: degraded, ...rest }) => workloadFigures({ ...rest, outage, degraded })),
  ];
}

/**
 * The same figures of a forecast. A recording counts every pod that was asked to go as a move, even one that its workload no longer wanted,
 * but no pod of a DaemonSet. A node that is not in service at the end has failed, also one that was deleted.
 */
export function figuresOfRun({ roll, scheduling, workloads }: RunResult): RollFigure[] {
  const { peakPending: peak, mostUnplaced, pendingPodSeconds: podSeconds, neverScheduled } = scheduling;
  return [
    ...rollFigures({ duration: toSeconds(roll.duration), peak, mostUnplaced, podSeconds, neverScheduled: neverScheduled.length }),
    ...roll.nodes.flatMap(({ node, outcome, cordonedAt, drainedAt, refusals }) => {
      const drained = cordonedAt === undefined || drainedAt === undefined ? null : toSeconds(drainedAt) - toSeconds(cordonedAt);
      return nodeFigures(node, { outcome: outcome === 'deleted' ? 'failed' : outcome, drained, refusals });
    }),
    ...workloads.flatMap(({ outage, degraded, moves, surplus, ...rest }) => {
      const [down, short] = isDone(rest) ? [roll.duration, roll.duration] : [outage, degraded];
      const moved = rest.kind === 'DaemonSet' ? 0 : moves + surplus;
      return workloadFigures({ ...rest, outage: toSeconds(down), degraded: toSeconds(short), moves: moved });
    }),
  ];
}

/** A finished Job has no serving pods, and a recording counts it as down all the time. */
function isDone({ kind, desired }: { readonly kind: string; readonly desired: number }): boolean {
  return kind === 'Job' && desired === 0;
}

interface RollFigures {
  readonly duration: number;
  readonly peak: number;
  readonly mostUnplaced?: number;
  readonly podSeconds: number;
  readonly neverScheduled: number;
}

function rollFigures(given: RollFigures): RollFigure[] {
  const object = 'roll';
  return [
    { object, what: 'duration', unit: 'seconds', isDecisive: false, value: given.duration },
    { object, what: 'peak', unit: 'count', isDecisive: false, value: given.peak, ...atMost(given.mostUnplaced) },
    { object, what: 'podSeconds', unit: 'seconds', isDecisive: false, value: given.podSeconds },
    { object, what: 'neverScheduled', unit: 'exact', isDecisive: true, value: given.neverScheduled },
  ];
}

function atMost(value: number | undefined): Pick<RollFigure, 'atMost'> {
  return value === undefined ? {} : { atMost: value };
}

interface NodeFigures {
  readonly outcome: string;
  readonly drained: number | null;
  readonly refusals: number;
}

function nodeFigures(name: string, { outcome, drained, refusals }: NodeFigures): RollFigure[] {
  const object = `Node/${name}`;
  return [
    { object, what: 'drained', unit: 'seconds', isDecisive: false, value: drained },
    { object, what: 'refusals', unit: 'count', isDecisive: false, value: refusals },
    { object, what: 'outcome', unit: 'exact', isDecisive: true, value: outcome },
  ];
}

interface WorkloadFigures {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly outage: number;
  readonly degraded: number;
  readonly minReady: number;
  readonly moves: number;
}

function workloadFigures({ kind, namespace, name, outage, degraded, minReady, moves }: WorkloadFigures): RollFigure[] {
  const object = `${kind}/${namespace}/${name}`;
  return [
    { object, what: 'outage', unit: 'seconds', isDecisive: true, value: outage },
    { object, what: 'degraded', unit: 'seconds', isDecisive: false, value: degraded },
    { object, what: 'minReady', unit: 'exact', isDecisive: false, value: minReady },
    { object, what: 'moves', unit: 'count', isDecisive: false, value: moves },
  ];
}
