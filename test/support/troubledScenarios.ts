import fc from 'fast-check';
import type { Preset } from '../../src/rolls/Preset.ts';
import { presets } from '../../src/rolls/registry.ts';
import type { Disturbance, Scenario } from '../../src/scenario/Scenario.ts';
import { instant, seconds } from '../../src/units.ts';
import { hinderedScenarios } from './hinderedScenarios.ts';

const troubles = fc.record({
  preset: fc.option(fc.constantFrom(...presets.values()), { nil: undefined }),
  kubernetesVersion: fc.constantFrom('1.33' as const, '1.34' as const, '1.35' as const),
  isMeasured: fc.boolean(),
  isTerminating: fc.oneof({ arbitrary: fc.constant(false), weight: 9 }, { arbitrary: fc.constant(true), weight: 1 }),
  deadline: fc.option(fc.constantFrom(30, 900), { nil: undefined, freq: 4 }),
  limitPerIndex: fc.option(fc.constantFrom(0, 1), { nil: undefined, freq: 3 }),
  nodeObject: fc.constantFrom('kept' as const, 'recreated' as const, 'recreatedCordoned' as const),
  crash: fc.option(fc.constantFrom(seconds(20), seconds(700)), { nil: undefined, freq: 4 }),
  disturbances: fc.array(
    fc.record({
      at: fc.constantFrom(0, 1, 60, 500, 1500),
      kind: fc.constantFrom('deleteNode' as const),
      node: fc.constantFrom('n0', 'n1'),
    }),
    { maxLength: 1 },
  ),
});
type Troubles = typeof troubles extends fc.Arbitrary<infer T> ? T : never;

/**
 * Rolls in which much is in the way, by any preset, while nodes are deleted, containers crash, deadlines end pods, Jobs give up indexes or
 * the namespace goes.
 */
export const troubledScenarios: fc.Arbitrary<Scenario> = fc
  .tuple(hinderedScenarios, troubles)
  .map(([scenario, given]) => withTroubles(scenario, given));

function withTroubles(scenario: Scenario, given: Troubles): Scenario {
  const { cluster, timing, roll } = scenario;
  const { preset, isMeasured, isTerminating, crash, disturbances, nodeObject, kubernetesVersion } = given;
  return {
    ...scenario,
    kubernetesVersion,
    ...(isMeasured ? { latencies: 'measured' } : {}),
    cluster: {
      ...cluster,
      namespaces: isTerminating ? [{ name: 'default', labels: {}, isTerminating }] : cluster.namespaces,
      workloads: cluster.workloads.map((workload) => withLimits(workload, given)),
    },
    timing: {
      ...timing,
      pods: timing.pods.map((each) => (crash === undefined ? each : { ...each, crashes: { after: crash, count: 2 } })),
    },
    roll: preset ? rollBy(preset, roll) : { ...roll, nodeObject },
    disturbances: disturbances.map(({ at, ...rest }): Disturbance => ({ ...rest, at: instant(at * 1000) })),
  };
}

function rollBy({ name, knobs }: Preset, { nodes, maxUnavailable, pool }: Scenario['roll']): Scenario['roll'] {
  return { ...knobs, preset: name, nodes, maxUnavailable, pool };
}

function withLimits(workload: Scenario['cluster']['workloads'][number], { deadline, limitPerIndex }: Troubles): typeof workload {
  if (workload.kind !== 'Job') return workload;
  const { template } = workload;
  return {
    ...workload,
    template: { ...template, spec: { ...template.spec, activeDeadlineSeconds: deadline } },
    ...(limitPerIndex === undefined ? {} : { perIndex: { backoffLimit: limitPerIndex, completed: [], failed: [] } }),
  };
}
