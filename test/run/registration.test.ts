import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/run/RunResult.ts';
import { run } from '../../src/run/run.ts';
import type { NodeTiming } from '../../src/scenario/Scenario.ts';
import { type Duration, minutes, NEVER, toSeconds, ZERO } from '../../src/units.ts';
import { aDeployment, aNode } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

const GPU = 'nvidia.com/gpu';
const later = (value: Duration) => ({ kind: 'constant' as const, value });

/** A workload that only one node can run, which is reset in 8 min. */
function forecast(registration: NodeTiming['registration'], nodeObject: 'kept' | 'recreated', needs: 'gpu' | 'label'): RunResult {
  const special = aNode('special', { allocatable: { [GPU]: 1 }, labels: { 'feature.example/fast': 'true' } });
  const timing = aTiming();
  const requests = needs === 'gpu' ? { [GPU]: 1 } : {};
  const nodeSelector = needs === 'label' ? { 'feature.example/fast': 'true' } : {};
  const [container] = aDeployment('train', 1).template.spec.containers;
  const containers = container ? [{ ...container, requests }] : [];
  return run(
    aScenario({
      cluster: { nodes: [special, aNode('plain')], workloads: [aDeployment('train', 1, { containers, nodeSelector })] },
      timing: { ...timing, nodes: timing.nodes.map((entry) => ({ ...entry, ...(registration ? { registration } : {}) })) },
      roll: { nodes: ['special'], nodeObject },
      horizon: minutes(60),
    }),
    '1',
  );
}

function outage(...given: Parameters<typeof forecast>): number | undefined {
  return forecast(...given).workloads[0]?.outage;
}

describe('a node whose devices and labels come later than Ready', () => {
  it('keeps pods that need a device waiting until the plugin has registered, whatever becomes of the Node object', () => {
    const devices = { devicesAfter: later(minutes(3)) };
    for (const nodeObject of ['kept', 'recreated'] as const) {
      const twin = outage(undefined, nodeObject, 'gpu') ?? NEVER;
      expect(outage(devices, nodeObject, 'gpu')).toBe(twin + minutes(3));
    }
  });

  it('keeps pods that need a label waiting when the Node object is new, not when it is kept', () => {
    const labels = { labelsAfter: later(minutes(2)) };
    expect(outage(labels, 'recreated', 'label')).toBe((outage(undefined, 'recreated', 'label') ?? NEVER) + minutes(2));
    expect(outage(labels, 'kept', 'label')).toBe(outage(undefined, 'kept', 'label'));
  });

  it('never runs pods whose device does not come back', () => {
    expect(forecast({ devicesAfter: later(NEVER) }, 'kept', 'gpu').scheduling.neverScheduled).toHaveLength(1);
    expect(forecast(undefined, 'kept', 'gpu').scheduling.neverScheduled).toEqual([]);
  });
});

describe('a node that is Ready before its network is', () => {
  const outage = (networkAfter: Duration) =>
    toSeconds(forecast({ networkAfter: later(networkAfter) }, 'kept', 'label').workloads[0]?.outage ?? ZERO);

  // 2 s to end, 8 min of reset, the wait for the network, 10 s to become Ready.
  it.each([
    [ZERO, 492],
    [minutes(3), 672],
  ])('lets pods start after %i ms more', (networkAfter, expected) => {
    expect(outage(networkAfter)).toBe(expected);
  });
});
