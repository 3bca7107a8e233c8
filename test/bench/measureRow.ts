import { tuneCollector } from '../../src/cli/tuneCollector.ts';
import type { BenchRow } from './BenchRow.ts';
import { type RollOfW, rollW, scenarioOf, settledW, spreadingOf } from './rollW.ts';
import type { Variant } from './workloadW.ts';

/** What to measure. */
export interface RowRequest {
  readonly nodes: number;
  readonly variant: Variant;
  readonly mode: BenchRow['mode'];
  /** Whether the plugins alone are measured on the same cluster as well. */
  readonly compares: boolean;
}

/** A while of rolling: so many rolls, and so long, at least. */
interface Span {
  readonly rolls: number;
  readonly milliseconds: number;
}

/** So often a roll is made, and the one with the median time counts. Rolls of at least {@link LARGE} nodes take longer. */
const MEASURED: Span = { rolls: 5, milliseconds: 1000 };
const MEASURED_LARGE: Span = { rolls: 3, milliseconds: 0 };
const LARGE = 2000;
/** Smaller rolls than these leave parts of the search, and of what befalls many nodes, to be compiled anew. */
const WARM_UP_NODES = 1000;
const WARM_UP: Span = { rolls: 10, milliseconds: 4000 };
/** What follows from the objects of a scenario is worked out, and the code that had only met smaller ones compiled, in the first roll of it. */
const WARM_UP_LARGER: Span = { rolls: 1, milliseconds: 0 };

/** A row without what is measured apart. */
export type MeasuredRow = Omit<BenchRow, 'stateMBPerThousandPods'>;

/**
 * Rolls W in a process that has rolled it before, a large one once after a smaller one, and that begins young as the threads do that make runs.
 * Garbage is never collected by force, which would drop compiled code. Peak memory is that of the whole process, so give each row its own.
 */
export function measureRow({ nodes, variant, mode, compares }: RowRequest): MeasuredRow {
  tuneCollector();
  const searching = { percentageOfNodesToScore: mode === 'exhaustive' ? 100 : 0, ...spreadingOf(variant) };
  const scenario = scenarioOf(settledW(nodes, variant), variant);
  if (nodes > WARM_UP_NODES) {
    const smaller = scenarioOf(settledW(WARM_UP_NODES, variant), variant);
    rollFor(WARM_UP, () => rollW(smaller, searching));
  }
  rollFor(nodes > WARM_UP_NODES ? WARM_UP_LARGER : WARM_UP, () => rollW(scenario, searching));
  const rolls = rollFor(nodes < LARGE ? MEASURED : MEASURED_LARGE, () => rollW(scenario, searching));
  const { wallSeconds, setupSeconds, cpuSeconds, slowDecisions, decisions, events } = medianOf(rolls);
  const peakRssMiB = process.resourceUsage().maxRSS / 1024;
  const plugins = compares ? rollW(scenario, { ...searching, search: 'plugins' }) : undefined;
  return {
    ...{ nodes, variant, mode, wallSeconds, setupSeconds, cpuSeconds, decisions, slowDecisions, peakRssMiB },
    decisionsPerSecond: decisions / wallSeconds,
    eventsPerSecond: events / wallSeconds,
    ratioToPlugins: plugins ? plugins.wallSeconds / wallSeconds : null,
  };
}

/** The figures of one roll: many results would fill the memory. */
interface Figures extends Omit<RollOfW, 'result'> {
  readonly decisions: number;
  readonly events: number;
}

function rollFor({ rolls, milliseconds }: Span, roll: () => RollOfW): readonly Figures[] {
  const end = performance.now() + milliseconds;
  const made: Figures[] = [];
  while (made.length < rolls || performance.now() < end) made.push(figuresOf(roll()));
  return made;
}

function figuresOf({ result, ...times }: RollOfW): Figures {
  return { ...times, decisions: result.scheduling.decisions, events: result.eventsFired };
}

function medianOf(rolls: readonly Figures[]): Figures {
  const sorted = [...rolls].sort((a, b) => a.wallSeconds - b.wallSeconds);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (!median) throw new Error('nothing was rolled');
  return median;
}
