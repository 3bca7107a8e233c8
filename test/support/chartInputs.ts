import type { ChartSeries } from '../../src/charts/Drawing.ts';
import type { TimelineNode } from '../../src/charts/nodeStates.ts';
import type { SweepPoint } from '../../src/charts/sweepTradeOff.ts';
import type { HeatMapStart } from '../../src/charts/windowHeatMap.ts';
import { RandomStream } from '../../src/sim/RandomStream.ts';
import { instant } from '../../src/units.ts';

/** A series from pairs of seconds and values. */
export function aSeries(...steps: readonly (readonly [atSeconds: number, value: number])[]): ChartSeries {
  return { times: steps.map(([at]) => instant(at * 1000)), values: steps.map(([, value]) => value) };
}

/** A node that went through a whole reset. */
export function aNodeReset(name: string, cordonedAt: number, overrides: Partial<TimelineNode> = {}): TimelineNode {
  const times = { drainedAt: cordonedAt + 60, resetAt: cordonedAt + 80, readyAt: cordonedAt + 560, inServiceAt: cordonedAt + 590 };
  return { name, outcome: 'inService', cordonedAt, ...times, blockedSeconds: 0, ...overrides };
}

/** A roll of `size` nodes in batches of `batch` with uneven drains, some of them blocked. */
export function aRoll(size: number, batch: number): { nodes: TimelineNode[]; endSeconds: number } {
  const stream = new RandomStream('aRoll');
  const nodes: TimelineNode[] = [];
  let at = 0;
  while (nodes.length < size) {
    const started = Array.from({ length: Math.min(batch, size - nodes.length) }, (_, index) => {
      const blockedSeconds = stream.next() < 0.25 ? 200 * stream.next() : 0;
      const drainedAt = at + 20 + 60 * stream.next() + blockedSeconds;
      const readyAt = drainedAt + 15 + 400 + 200 * stream.next();
      const times = { drainedAt, resetAt: drainedAt + 15, readyAt, inServiceAt: readyAt + 30 };
      return aNodeReset(`workers-${nodes.length + index + 1}`, at, { ...times, blockedSeconds });
    });
    nodes.push(...started);
    at = Math.max(...started.map((node) => node.inServiceAt ?? 0));
  }
  return { nodes, endSeconds: at };
}

/** A sweep in which more nodes at a time are faster and cost more. */
export function aSweep(size: number): SweepPoint[] {
  return Array.from({ length: size }, (_, index) => {
    const duration = 14_400 / (index + 1) + 900;
    const cost = Math.max(0, index - 3) ** 2 * 45;
    return {
      label: String(index + 1),
      outcome: index < 5 ? 'holds' : index === 5 ? 'unknown' : 'fails',
      duration: { mean: duration, interval: [duration * 0.93, duration * 1.07] },
      cost: { mean: cost, interval: [cost * 0.7, cost * 1.4] },
    };
  });
}

/** Every hour of one week from Monday 2026-11-23, costly by day and failing at the peak. */
export function aWeekOfStarts(): HeatMapStart[] {
  return Array.from({ length: 168 }, (_, index) => {
    const [day, hour] = [Math.floor(index / 24), index % 24];
    const load = (day < 5 ? 1 : 0.5) * (1 + Math.sin(((hour - 9) / 24) * 2 * Math.PI));
    return {
      start: `2026-11-${23 + day}T${String(hour).padStart(2, '0')}:00:00+01:00[Europe/Berlin]`,
      outcome: load > 1.7 ? 'fails' : load > 1.6 ? 'unknown' : 'holds',
      value: load * 600,
    };
  });
}
