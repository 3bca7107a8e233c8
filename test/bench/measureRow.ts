import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import type { BenchRow } from './BenchRow.ts';
import { type RollOfW, rollW, settledW, stateOfW } from './rollW.ts';
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

/**
 * Rolls W in a process that has rolled it before (a smaller one, where it is large). Peak memory is that of the whole process, so give
 * each row its own, with `--expose-gc`.
 */
export function measureRow({ nodes, variant, mode, compares }: RowRequest): BenchRow {
  const searching = { percentageOfNodesToScore: mode === 'exhaustive' ? 100 : 0 };
  const objects = settledW(nodes, variant);
  const roll = (cluster: ClusterObjects) => rollW(cluster, variant, searching);
  const stateBytes = stateOfW(objects, variant);
  warmUp(() => roll(nodes < LARGE ? objects : settledW(1000, variant)));
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
    stateMBPerThousandPods: stateBytes / 1000 / objects.pods.length,
    ratioToPlugins: plugins ? plugins.wallSeconds / wallSeconds : null,
  };
}

/** Rolls for three seconds, so that what is measured runs as compiled code. */
function warmUp(roll: () => unknown): void {
  const end = performance.now() + 3000;
  do roll();
  while (performance.now() < end);
}

function medianOf(rolls: readonly RollOfW[]): RollOfW {
  const sorted = [...rolls].sort((a, b) => a.wallSeconds - b.wallSeconds);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (!median) throw new Error('nothing was rolled');
  return median;
}
