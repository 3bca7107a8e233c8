import { describe, expect, it } from 'vitest';
import { rollTimeline } from '../../src/charts/rollTimeline.ts';
import { aNodeReset, aRoll } from '../support/chartInputs.ts';
import { datasetOf, optionsOf } from '../support/readDrawing.ts';

describe('rollTimeline', () => {
  it('draws each state of a node as one bar, in minutes', () => {
    const node = aNodeReset('workers-1', 120, { drainedAt: 300, resetAt: 330, readyAt: 900, inServiceAt: 960, blockedSeconds: 60 });
    const drawing = rollTimeline({ nodes: [node], endSeconds: 1200 });
    const bars = ['Waiting its turn', 'Draining', 'Blocked by budgets', 'Detaching volumes', 'Resetting', 'Gating', 'Back in service'];
    expect(bars.map((label) => datasetOf(drawing, label).data)).toEqual([
      [[0, 2]],
      [[2, 4]],
      [[4, 5]],
      [[5, 5.5]],
      [[5.5, 15]],
      [[15, 16]],
      [[16, 20]],
    ]);
    expect(optionsOf(drawing).scales.x).toMatchObject({ min: 0, max: 20, title: { text: 'Time since the start of the roll (min)' } });
  });

  it('lays closed time over all rows as stripes, in the unit of the axis', () => {
    for (const roll of [aRoll(3, 1), aRoll(700, 70)]) {
      const stripes = datasetOf(
        rollTimeline({
          ...roll,
          endSeconds: 1200,
          closed: [
            [0, 120],
            [600, 1200],
          ],
        }),
        'Maintenance window closed',
      );
      const corners = stripes.data.map((corner) => Object.values(corner as object));
      expect(corners).toEqual([
        [0, 0],
        [0, 1],
        [2, 1],
        [2, 0],
        [10, 0],
        [10, 1],
        [20, 1],
        [20, 0],
      ]);
    }
    expect(() => datasetOf(rollTimeline(aRoll(3, 1)), 'Maintenance window closed')).toThrow();
  });

  it('lists nodes in the order they were cordoned, those never reached last, and says what went wrong', () => {
    const nodes = [
      aNodeReset('c', 0, { outcome: 'notStarted', cordonedAt: null, drainedAt: null, resetAt: null, readyAt: null, inServiceAt: null }),
      aNodeReset('b', 100, { outcome: 'stuck', drainedAt: null, resetAt: null, readyAt: null, inServiceAt: null }),
      aNodeReset('a', 0),
    ];
    expect(rollTimeline({ nodes, endSeconds: 3600 }).configuration.data.labels).toEqual(['a', 'b (stuck)', 'c (not started)']);
  });

  it('keeps a stuck node in its last state to the end', () => {
    const stuck = aNodeReset('a', 60, {
      outcome: 'stuck',
      drainedAt: null,
      resetAt: null,
      readyAt: null,
      inServiceAt: null,
      blockedSeconds: 900,
    });
    const drawing = rollTimeline({ nodes: [stuck], endSeconds: 1200 });
    expect(datasetOf(drawing, 'Blocked by budgets').data).toEqual([[5, 20]]);
    expect(drawing.configuration.data.datasets).toHaveLength(3);
  });

  it('shows nothing of a deleted node after its drain', () => {
    const deleted = aNodeReset('a', 0, { outcome: 'deleted', resetAt: null, readyAt: null, inServiceAt: null });
    const drawing = rollTimeline({ nodes: [deleted], endSeconds: 600 });
    expect(drawing.configuration.data.datasets).toMatchObject([{ label: 'Draining', data: [[0, 1]] }]);
  });

  it('shortens a long name from its domain, then from its middle', () => {
    const names = ['ip-10-0-0-1.eu-central-1.compute.internal', 'gke-production-cluster-default-pool-5f3a2b1c-x7kd'];
    const drawing = rollTimeline({ nodes: names.map((name) => aNodeReset(name, 0)), endSeconds: 600 });
    expect(drawing.configuration.data.labels).toEqual(['ip-10-0-0-1', 'gke-production-c…3a2b1c-x7kd']);
  });

  it('grows with its nodes up to a cap', () => {
    const heights = [4, 24, 100, 500].map((size) => rollTimeline(aRoll(size, 10)).height);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect(heights.at(-1)).toBe(1400);
    expect(rollTimeline(aRoll(24, 3)).height).toBe(726);
  });

  it('counts nodes by state when rows would be too thin, and always counts all of them', () => {
    const { configuration } = rollTimeline(aRoll(700, 100));
    expect(configuration.type).toBe('line');
    const series = configuration.data.datasets.map((dataset) => datasetOf({ configuration }, 'label' in dataset ? dataset.label : '').data);
    const totals = series[0]?.map((_, index) => series.reduce((sum, points) => sum + yOf(points[index]), 0));
    expect(new Set(totals)).toEqual(new Set([700]));
  });
});

function yOf(point: unknown): number {
  return typeof point === 'object' && point !== null && 'y' in point ? Number(point.y) : Number.NaN;
}
