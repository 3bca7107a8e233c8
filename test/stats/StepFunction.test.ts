import { describe, expect, it } from 'vitest';
import { StepFunction } from '../../src/stats/StepFunction.ts';

// 2 from 10, 5 from 20, 1 from 40; nothing before.
const steps = new StepFunction({ times: [10, 20, 40], values: [2, 5, 1] });

describe('StepFunction', () => {
  it.each([
    [9, 0],
    [10, 2],
    [19, 2],
    [40, 1],
    [900, 1],
  ])('has at %i the value %i', (at, value) => {
    expect(steps.at(at)).toBe(value);
  });

  it('integrates pieces, parts of pieces and what lies outside', () => {
    expect(steps.integral(0, 50)).toBe(10 * 2 + 20 * 5 + 10 * 1);
    expect(steps.integral(15, 25)).toBe(5 * 2 + 5 * 5);
    expect(steps.integral(0, 10)).toBe(0);
    expect(steps.integral(30, 30)).toBe(0);
  });

  it('weighs the mean with time', () => {
    expect(steps.mean(10, 40)).toBe((10 * 2 + 20 * 5) / 30);
    expect(steps.mean(25, 25)).toBe(5);
  });

  it('finds the extremes that are held inside the interval and when they begin', () => {
    expect(steps.minimum(12, 60)).toEqual({ value: 1, at: 40 });
    expect(steps.minimum(12, 40)).toEqual({ value: 2, at: 12 });
    expect(steps.maximum(0, 60)).toEqual({ value: 5, at: 20 });
  });

  it('lets the last of several changes at one time count', () => {
    const twice = new StepFunction({ times: [0, 5, 5], values: [3, 0, 4] });
    expect(twice.minimum(0, 10)).toEqual({ value: 3, at: 0 });
    expect(twice.integral(0, 10)).toBe(15 + 20);
  });

  it('is zero when it has no steps', () => {
    expect(new StepFunction({ times: [], values: [] }).integral(0, 9)).toBe(0);
  });
});
