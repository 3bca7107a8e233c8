import type { BenchRow } from './BenchRow.ts';
import { rollW, settledW } from './rollW.ts';
import type { Variant } from './workloadW.ts';

/** What to measure. */
export interface RowRequest {
  readonly nodes: number;
  readonly variant: Variant;
  readonly mode: BenchRow['mode'];
  /** Whether the plugins alone are measured on the same cluster as well. */
  readonly compares: boolean;
}

/** Rolls W once on a warm machine: a small roll comes first. Peak memory is that of the whole process, so give each row its own. */
export function measureRow({ nodes, variant, mode, compares }: RowRequest): BenchRow {
  const percentageOfNodesToScore = mode === 'exhaustive' ? 100 : 0;
  const small = settledW(Math.min(nodes, 100), variant);
  for (let warmUp = 0; warmUp < 3; warmUp += 1) rollW(small, variant, { percentageOfNodesToScore });
  const objects = nodes <= 100 ? small : settledW(nodes, variant);
  const { result, wallSeconds, cpuSeconds, slowDecisions } = rollW(objects, variant, { percentageOfNodesToScore });
  const peakRssMiB = process.resourceUsage().maxRSS / 1024;
  const plugins = compares ? rollW(objects, variant, { percentageOfNodesToScore, search: 'plugins' }) : undefined;
  const { decisions } = result.scheduling;
  return {
    ...{ nodes, variant, mode, wallSeconds, cpuSeconds, decisions, slowDecisions, peakRssMiB },
    decisionsPerSecond: decisions / wallSeconds,
    eventsPerSecond: result.eventsFired / wallSeconds,
    ratioToPlugins: plugins ? plugins.wallSeconds / wallSeconds : null,
  };
}
