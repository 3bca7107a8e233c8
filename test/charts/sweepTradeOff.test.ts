import { describe, expect, it } from 'vitest';
import { type SweepPoint, sweepTradeOff } from '../../src/charts/sweepTradeOff.ts';
import { datasetOf, optionsOf, subtitleOf } from '../support/readDrawing.ts';

const points: SweepPoint[] = [
  { label: '1', outcome: 'holds', duration: { mean: 7200, interval: [6600, 7800] }, cost: { mean: 0 } },
  { label: '2', outcome: 'fails', duration: { mean: 3600, interval: [3300, 3900] }, cost: { mean: 300, interval: [-60, 660] } },
];
const drawing = sweepTradeOff({ factor: 'maxUnavailable', cost: 'Total outage', points, recommended: '1' });

describe('sweepTradeOff', () => {
  it('draws durations with their intervals in the unit of the axis', () => {
    expect(datasetOf(drawing, 'Duration (left axis)').data).toEqual([
      { y: 120, yMin: 110, yMax: 130 },
      { y: 60, yMin: 55, yMax: 65 },
    ]);
    expect(optionsOf(drawing).scales.duration).toMatchObject({ title: { text: 'Duration of the roll (min)' } });
  });

  it('draws no duration of a roll that does not always finish', () => {
    const endless = { label: '3', outcome: 'fails', duration: { mean: Number.POSITIVE_INFINITY }, cost: { mean: 60 } } as const;
    const partly = sweepTradeOff({ factor: 'f', cost: 'c', points: [...points, endless] });
    expect(subtitleOf(partly)).toContain('; no duration where rolls do not finish: 3');
    expect(datasetOf(partly, 'Duration (left axis)').data).toMatchObject([{ y: 120 }, { y: 60 }, { y: null }]);
  });

  it('counts the endless settings where their names would not fit on a line', () => {
    const endless = Array.from({ length: 40 }, (_, index) => ({
      ...points[0],
      label: `${index}`,
      duration: { mean: Number.POSITIVE_INFINITY },
    }));
    const subtitle = subtitleOf(sweepTradeOff({ factor: 'f', cost: 'c', points: endless as SweepPoint[] }));
    expect(subtitle).toBe('40 of 40 settings keep all objectives; none is recommended; no duration where rolls do not finish: 40 settings');
  });

  it('is higher where labels do not fit beside one another', () => {
    const many = Array.from({ length: 36 }, (_, index) => ({ ...points[0], label: `window random 12m ${index}` }));
    const high = sweepTradeOff({ factor: 'f', cost: 'c', points: many as SweepPoint[] });
    expect(high.height - drawing.height).toBe(20 * 7);
  });

  it('connects only the durations of one group', () => {
    const groups = ['barrier', 'barrier', 'window'].map((group) => ({ ...points[0], group }));
    const lines = datasetOf(sweepTradeOff({ factor: 'f', cost: 'c', points: groups as SweepPoint[] }), 'Duration (left axis)');
    const { borderColor } = lines['segment'] as { borderColor: (ends: { p0DataIndex: number; p1DataIndex: number }) => unknown };
    expect([0, 1].map((index) => borderColor({ p0DataIndex: index, p1DataIndex: index + 1 }))).toEqual([undefined, 'transparent']);
  });

  it('colours costs by verdict, with intervals that do not go below zero', () => {
    expect(datasetOf(drawing, 'Total outage: objectives hold').data).toEqual([{ y: 0 }, { y: null }]);
    expect(datasetOf(drawing, 'Total outage: an objective fails').data).toEqual([{ y: null }, { y: 5, yMin: 0, yMax: 11 }]);
  });

  it('marks the recommended setting and says how many settings hold', () => {
    expect(optionsOf(drawing).plugins.annotation?.annotations).toMatchObject([{ xMin: -0.5, xMax: 0.5 }]);
    expect(subtitleOf(drawing)).toBe('1 of 2 settings keep all objectives; recommended: 1 (green band)');
    expect(subtitleOf(sweepTradeOff({ factor: 'f', cost: 'c', points }))).toBe('1 of 2 settings keep all objectives; none is recommended');
  });
});
