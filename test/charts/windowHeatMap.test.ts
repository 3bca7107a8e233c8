import { describe, expect, it } from 'vitest';
import { weekHourOf } from '../../src/charts/weekHour.ts';
import { type HeatMapStart, windowHeatMap } from '../../src/charts/windowHeatMap.ts';
import { aWeekOfStarts } from '../support/chartInputs.ts';
import { datasetOf, subtitleOf } from '../support/readDrawing.ts';

describe('weekHourOf', () => {
  it.each([
    ['2026-11-24T01:00:00+01:00[Europe/Berlin]', 1, 1],
    ['2026-11-22T23:30:00-05:00[America/New_York]', 6, 23],
    ['2028-02-29T12:00', 1, 12],
  ])('reads the wall clock of %s', (text, day, hour) => {
    expect(weekHourOf(text)).toEqual({ day, hour });
  });

  it('gives up on what is no date', () => {
    expect(weekHourOf('tomorrow')).toBeUndefined();
  });
});

describe('windowHeatMap', () => {
  const map = (starts: HeatMapStart[], best: string[] = []) => windowHeatMap({ starts, best, measure: 'Total outage', unit: 'seconds' });

  it('puts every hour of a week on exactly one tile', () => {
    const { configuration } = map(aWeekOfStarts());
    const tiles = configuration.data.datasets.flatMap((dataset) => ('data' in dataset ? (dataset.data as { x: string; y: string }[]) : []));
    expect(tiles).toHaveLength(168);
    expect(new Set(tiles.map(({ x, y }) => `${y} ${x}`)).size).toBe(168);
  });

  it('colours by five equal steps of the value and keeps failures apart', () => {
    const values = [0, 59, 60, 300];
    const starts = values.map((value, hour) => ({ start: `2026-11-24T0${hour}:00`, outcome: 'holds' as const, value }));
    const drawing = map([...starts, { start: '2026-11-24T09:00', outcome: 'fails', value: 9000 }]);
    expect(datasetOf(drawing, 'Total outage 0–1 min').data).toHaveLength(2);
    expect(datasetOf(drawing, '1–2 min').data).toEqual([{ x: '02', y: 'Tue' }]);
    expect(datasetOf(drawing, '4–5 min').data).toEqual([{ x: '03', y: 'Tue' }]);
    expect(datasetOf(drawing, 'An objective fails').data).toEqual([{ x: '09', y: 'Tue' }]);
  });

  it('shows the worst where several starts share an hour of the week, and says so', () => {
    const drawing = map([
      { start: '2026-11-24T01:00', outcome: 'holds', value: 0 },
      { start: '2026-12-01T01:30', outcome: 'unknown', value: 0 },
      { start: '2026-12-08T01:00', outcome: 'holds', value: 500 },
    ]);
    expect(datasetOf(drawing, 'Unknown').data).toEqual([{ x: '01', y: 'Tue' }]);
    expect(drawing.configuration.data.datasets).toHaveLength(1);
    expect(subtitleOf(drawing)).toBe('2 of 3 starts keep all objectives; where several share an hour the worst is shown');
  });

  it('gives no star to a start that fails', () => {
    const start = '2026-11-24T03:00';
    const drawing = map([{ start, outcome: 'fails', value: 0 }], [start]);
    expect(JSON.stringify(drawing.configuration.data.datasets)).not.toContain('Best starts');
    expect(subtitleOf(drawing)).toBe('0 of 1 start keep all objectives');
  });

  it('puts no star on a tile that shows a worse start of the same hour', () => {
    const [kept, shared] = ['2026-11-24T02:00', '2026-11-24T03:00'];
    const starts = [kept, shared].map((start) => ({ start, outcome: 'holds' as const, value: 0 }));
    const drawing = map([...starts, { start: '2026-11-24T03:30', outcome: 'fails', value: 0 }], [shared, kept]);
    expect(datasetOf(drawing, 'Best starts').data).toEqual([{ x: '02', y: 'Tue' }]);
    expect(subtitleOf(drawing)).toBe(
      '2 of 3 starts keep all objectives; the stars mark the best; where several share an hour the worst is shown, without the star of a better one',
    );
  });

  it('marks the best starts', () => {
    const best = ['2026-11-24T03:00', '2026-11-25T03:00', '2026-11-26T03:00', '2026-11-27T03:00'];
    const drawing = map(
      best.map((start) => ({ start, outcome: 'holds' as const, value: 0 })),
      best,
    );
    expect(datasetOf(drawing, 'Best starts').data).toEqual([
      { x: '03', y: 'Tue' },
      { x: '03', y: 'Wed' },
      { x: '03', y: 'Thu' },
      { x: '03', y: 'Fri' },
    ]);
    expect(datasetOf(drawing, 'Total outage 0 s').data).toHaveLength(4);
  });
});
