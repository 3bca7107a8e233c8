import { describe, expect, it } from 'vitest';
import { headroom } from '../../src/charts/headroom.ts';
import { nodesAndPending } from '../../src/charts/nodesAndPending.ts';
import { readyShare } from '../../src/charts/readyShare.ts';
import { shareLines } from '../../src/charts/stepLines.ts';
import { aSeries } from '../support/chartInputs.ts';
import { datasetOf, optionsOf, subtitleOf } from '../support/readDrawing.ts';

describe('nodesAndPending', () => {
  it('draws both counts as steps, each on its own axis, and names the peaks', () => {
    const drawing = nodesAndPending({
      nodesAway: aSeries([0, 3], [480, 0]),
      podsPending: aSeries([0, 0], [60, 12], [90, 0]),
      endSeconds: 600,
    });
    expect(datasetOf(drawing, 'Nodes away (left axis)')).toMatchObject({ yAxisID: 'nodes', stepped: 'before' });
    expect(datasetOf(drawing, 'Pods pending (right axis)').data).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 12 },
      { x: 1.5, y: 0 },
      { x: 10, y: 0 },
    ]);
    expect(subtitleOf(drawing)).toBe('At most 3 nodes away and 12 pods pending at the same time');
  });
});

describe('readyShare', () => {
  const dip = (workload: string, desired: number, lowest: number) => ({
    workload,
    share: aSeries([0, 1], [60, lowest / desired], [120, 1]),
  });

  it('draws ready pods as a share of the desired ones', () => {
    const drawing = readyShare({ ready: [dip('shop/web', 8, 6)], endSeconds: 600 });
    expect(datasetOf(drawing, 'shop/web').data).toEqual([
      { x: 0, y: 100 },
      { x: 1, y: 75 },
      { x: 2, y: 100 },
      { x: 10, y: 100 },
    ]);
    expect(optionsOf(drawing).scales.y).toMatchObject({ min: 0, max: 100, title: { text: 'Ready of desired pods (%)' } });
  });

  it('shows the eight hardest hit, worst first, and says how many there are', () => {
    const ready = Array.from({ length: 11 }, (_, index) => dip(`w${index}`, 20, (index * 7) % 11));
    const drawing = readyShare({ ready, endSeconds: 600 });
    expect(drawing.configuration.data.datasets.map((dataset) => ('label' in dataset ? dataset.label : ''))).toEqual([
      'w0',
      'w8',
      'w5',
      'w2',
      'w10',
      'w7',
      'w4',
      'w1',
    ]);
    expect(subtitleOf(drawing)).toBe('The 8 hardest hit of 11 workloads that were short of ready pods; 0 % is an outage');
  });

  it('says so when nothing was short', () => {
    expect(subtitleOf(readyShare({ ready: [], endSeconds: 600 }))).toBe('No workload was ever short of ready pods');
  });
});

describe('headroom', () => {
  it('draws each resource in per cent and names the tightest', () => {
    const drawing = headroom({
      headroom: { cpu: aSeries([0, 0.4], [60, 0.125]), memory: aSeries([0, 0.3]), pods: aSeries([0, 0.9]) },
      endSeconds: 120,
    });
    expect(datasetOf(drawing, 'CPU').data).toEqual([
      { x: 0, y: 40 },
      { x: 60, y: 12.5 },
      { x: 120, y: 12.5 },
    ]);
    expect(subtitleOf(drawing)).toBe('Allocatable minus requested; tightest: CPU with 12.5 % free');
  });
});

describe('lines of shares', () => {
  const lines = ['a', 'b', 'c'].map((label) => ({ label, points: [{ x: 0, y: 50 }] }));
  const drawing = shareLines(lines, { title: '', subtitle: '', axis: '' }, 60);

  it('lie on each other so that the solid one shows through the gaps of the dashed ones', () => {
    const [solid, dashed, dotted] = ['a', 'b', 'c'].map((label) => Number(datasetOf(drawing, label)['order']));
    expect(dotted).toBeLessThan(dashed ?? 0);
    expect(dashed).toBeLessThan(solid ?? 0);
  });

  it('have their dashes in the legend too', () => {
    const { plugins } = drawing.configuration.options as {
      plugins: { legend: { labels: { generateLabels: () => { lineDash: number[] }[] } } };
    };
    const { generateLabels } = plugins.legend.labels;
    expect(generateLabels().map(({ lineDash }) => lineDash)).toEqual(
      ['a', 'b', 'c'].map((label) => datasetOf(drawing, label)['borderDash']),
    );
  });
});
