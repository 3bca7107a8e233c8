import { describe, expect, it } from 'vitest';
import { isDeterministic } from '../../src/experiments/isDeterministic.ts';
import { readScenario } from '../support/scenarioText.ts';

const random = '{uniform: {min: 1s, max: 2s}}';

describe('isDeterministic', () => {
  it.each([
    ['the defaults', {}],
    ['constant times', { timing: '{nodes: [{reset: 5m}], pods: [{ready: 5s, complete: 1h, exit: 1s}]}' }],
  ])('takes %s for certain', (_, spec) => {
    expect(isDeterministic(readScenario(spec))).toBe(true);
  });

  it.each([
    ['a random reset', { timing: `{nodes: [{reset: ${random}}]}` }],
    ['a reset that may never end', { timing: '{nodes: [{reset: {constant: 5m, never: 0.1}}]}' }],
    ['a random time to Ready', { timing: `{pods: [{ready: ${random}}]}` }],
    ['a random end by itself', { timing: `{pods: [{ready: 5s, complete: ${random}}]}` }],
    ['a random time to terminate', { timing: `{pods: [{ready: 5s, exit: ${random}}]}` }],
    ['measured latencies', { latencies: 'measured' }],
    ['an order that is drawn', { roll: '{preset: cce-sync, pool: workers, maxUnavailable: 3, order: random}' }],
    ['somebody who scales', { disturbances: '[{at: 1m, scale: Deployment/default/shop, replicas: 0}]' }],
  ])('does not take %s for certain', (_, spec) => {
    expect(isDeterministic(readScenario(spec))).toBe(false);
  });
});
