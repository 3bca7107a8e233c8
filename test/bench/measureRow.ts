import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import type { BenchRow } from './BenchRow.ts';
import { type RollOfW, rollW, settledW } from './rollW.ts';
import type { Variant } from './workloadW.ts';

/** What to measure. */
export interface RowRequest {
  readonly nodes: number;
  readonly variant: Variant;
  readonly mode: BenchRow['mode'];
  /** Whether the plugins alone are measured on the same cluster as well. */
  readonly compares: boolean;
}

/** Rolls of at least this many nodes are made once; smaller ones five times, and the one with the median time counts. */
const LARGE = 2000;
/** Twenty rolls of this many nodes are made in some seconds. */
const WARM_UP_NODES = 300;
const WARM_UP_ROLLS = 20;
const WARM_UP_MILLISECONDS = 3000;

/** A row without what is measured apart. */
export type MeasuredRow = Omit<BenchRow, 'stateMBPerThousandPods'>;

/**
 * Rolls W in a process that has rolled it before, or a smaller one where it is large. Garbage is never collected by force, which would drop
 * compiled code. Peak memory is that of the whole process, so give each row its own.
 */
export function measureRow({ nodes, variant, mode, compares }: RowRequest): MeasuredRow {
  const searching = { percentageOfNodesToScore: mode === 'exhaustive' ? 100 : 0 };
  const objects = settledW(nodes, variant);
  const roll = (cluster: ClusterObjects) => rollW(cluster, variant, searching);
  const smaller = nodes <= WARM_UP_NODES ? objects : settledW(WARM_UP_NODES, variant);
  warmUp(() => roll(smaller));
  const { result, wallSeconds, setupSeconds, cpuSeconds, slowDecisions } = medianOf(
    Array.from({ length: nodes < LARGE ? 5 : 1 }, () => roll(objects)),
  );
  const peakRssMiB = process.resourceUsage().maxRSS / 1024;
  const plugins = compares ? rollW(objects, variant, { ...searching, search: 'plugins' }) : undefined;
  const { decisions } = result.scheduling;
  return {
    ...{ nodes, variant, mode, wallSeconds, setupSeconds, cpuSeconds, decisions, slowDecisions, peakRssMiB },
    decisionsPerSecond: decisions / wallSeconds,
    eventsPerSecond: result.eventsFired / wallSeconds,
    ratioToPlugins: plugins ? plugins.wallSeconds / wallSeconds : null,
  };
}

/** Rolls so often and so long that what is measured runs as compiled code. */
function warmUp(roll: () => unknown): void {
  const end = performance.now() + WARM_UP_MILLISECONDS;
  for (let rolls = 0; rolls < WARM_UP_ROLLS || performance.now() < end; rolls += 1) roll();
}

function medianOf(rolls: readonly RollOfW[]): RollOfW {
  const sorted = [...rolls].sort((a, b) => a.wallSeconds - b.wallSeconds);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (!median) throw new Error('nothing was rolled');
  return median;
}
