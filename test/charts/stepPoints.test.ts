import { describe, expect, it } from 'vitest';
import { stepPoints } from '../../src/charts/stepPoints.ts';
import { aSeries } from '../support/chartInputs.ts';

describe('stepPoints', () => {
  it('gives corners in the unit of the axis and holds the last value to the end', () => {
    expect(stepPoints(aSeries([0, 1], [300, 4]), 600)).toEqual([
      { x: 0, y: 1 },
      { x: 5, y: 4 },
      { x: 10, y: 4 },
    ]);
  });

  it('keeps the last of several changes in one instant', () => {
    expect(stepPoints(aSeries([0, 1], [300, 9], [300, 2]), 600).map((point) => point.y)).toEqual([1, 2, 2]);
  });

  it('leaves out what lies beyond the end', () => {
    expect(stepPoints(aSeries([0, 1], [700, 9]), 600).map((point) => point.y)).toEqual([1, 1]);
  });

  it('thins a dense line but keeps its highest and lowest points', () => {
    const dense = Array.from(
      { length: 50_000 },
      (_, index) => [index / 10, index === 31_234 ? 99 : index === 8_888 ? -5 : index % 3] as const,
    );
    const points = stepPoints(aSeries(...dense), 5000);
    expect(points.length).toBeLessThan(3100);
    expect(Math.max(...points.map((point) => point.y))).toBe(99);
    expect(Math.min(...points.map((point) => point.y))).toBe(-5);
    expect(points.map((point) => point.x)).toEqual(points.map((point) => point.x).sort((a, b) => a - b));
  });
});
