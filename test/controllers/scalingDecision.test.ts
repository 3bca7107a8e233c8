import { describe, expect, it } from 'vitest';
import { DEFAULT_SCALING, type ScalingRules } from '../../src/cluster/HorizontalPodAutoscaler.ts';
import { scalingDecision } from '../../src/controllers/scalingDecision.ts';
import { instant } from '../../src/units.ts';

const NO_HISTORY = { recommendations: [], changes: [] };
const now = instant(1_000_000);
const at = (secondsAgo: number) => instant(now - secondsAgo * 1000);

interface Behavior {
  readonly up?: Partial<ScalingRules>;
  readonly down?: Partial<ScalingRules>;
}

function decide(current: number, proposal: number, rules: Behavior | undefined, history = {}) {
  const behavior = rules && {
    scaleUp: { ...DEFAULT_SCALING.scaleUp, ...rules.up },
    scaleDown: { ...DEFAULT_SCALING.scaleDown, ...rules.down },
  };
  const autoscaler = { minReplicas: 2, maxReplicas: 40, behavior };
  return scalingDecision(autoscaler, { ...NO_HISTORY, ...history }, { now, current, proposal });
}

describe('a scaling decision', () => {
  const pods = { type: 'Pods', value: 2, periodSeconds: 60 } as const;
  const percent = { type: 'Percent', value: 50, periodSeconds: 60 } as const;

  it.each([
    ['the larger step up by default', 10, 30, { up: { policies: [pods, percent] } }, 15],
    ['the smaller step up with Min', 10, 30, { up: { policies: [pods, percent], selectPolicy: 'Min' } }, 12],
    ['no step up with Disabled', 10, 30, { up: { selectPolicy: 'Disabled' } }, 10],
    ['the larger step down by default', 11, 2, { down: { policies: [pods, percent] } }, 5],
    ['the smaller step down with Min', 11, 2, { down: { policies: [pods, percent], selectPolicy: 'Min' } }, 9],
    ['no more than the maximum', 30, 60, {}, 40],
    ['no less than the minimum', 3, 0, {}, 2],
  ] as const)('takes %s', (_, current, proposal, rules, expected) => {
    expect(decide(current, proposal, rules)).toBe(expected);
  });

  it('counts what was removed within the period of a policy', () => {
    const changes = [
      { at: at(59), replicas: -1 },
      { at: at(60), replicas: -5 },
    ];
    expect(decide(9, 2, { down: { policies: [pods] } }, { changes })).toBe(8);
  });

  it('does not grow while its changes exceed what the policies allow', () => {
    expect(decide(20, 30, { up: { policies: [pods] } }, { changes: [{ at: at(10), replicas: 12 }] })).toBe(20);
  });

  it('scales up to the least recommendation of the window for scaling up', () => {
    const recommendations = [
      { at: at(30), replicas: 12 },
      { at: at(60), replicas: 4 },
    ];
    expect(decide(10, 14, { up: { stabilizationWindowSeconds: 60 } }, { recommendations })).toBe(12);
  });

  it.each([
    ['adds up to 4 replicas with a behavior that leaves the policies out', 2, 10, {}, 6],
    ['goes to no more than 4 without a behavior', 2, 10, undefined, 4],
    ['goes to no more than twice the replicas without a behavior', 7, 30, undefined, 14],
    ['goes to no more than the maximum without a behavior', 30, 60, undefined, 40],
    ['goes to no less than the minimum without a behavior', 3, 0, undefined, 2],
  ] as const)('%s', (_, current, proposal, rules, expected) => {
    expect(decide(current, proposal, rules)).toBe(expected);
  });

  it('goes to the most that was recommended in 300 s without a behavior, up as well as down', () => {
    const recommendations = [
      { at: at(299), replicas: 12 },
      { at: at(300), replicas: 20 },
    ];
    expect(decide(16, 4, undefined, { recommendations })).toBe(12);
    expect(decide(8, 8, undefined, { recommendations })).toBe(12);
    expect(decide(8, 8, {}, { recommendations })).toBe(8);
  });
});
