import { describe, expect, it } from 'vitest';
import type { Workload } from '../../src/cluster/Workload.ts';
import { check } from '../../src/experiments/check.ts';
import { run } from '../../src/run/run.ts';
import { minutes } from '../../src/units.ts';
import { aDaemonSet, aDeployment, aJob, aNode, aPod, aReplicaSet, aStatefulSet } from '../support/builders.ts';
import { eventsOf } from '../support/eventsOf.ts';
import { aRoll, aScenario } from '../support/scenarios.ts';

const namespaces = [{ name: 'default', labels: {}, isTerminating: true }];
const nodes = ['n1', 'n2'].map((name) => aNode(name));

/** A roll of n1, where a pod of `workload` runs, while the namespace is being deleted. */
function rolled(workload: Workload, onTimeout: 'force' | 'retryForever') {
  const { kind, name, template } = workload;
  const owner = { apiVersion: '', kind, name };
  const pod = aPod(`${name}-0`, { nodeName: 'n1', owner, labels: template.labels, spec: template.spec });
  const cluster = { nodes, namespaces, workloads: [workload], pods: [pod] };
  const { drain } = aRoll(cluster);
  return aScenario({ cluster, roll: { nodes: ['n1'], drain: { ...drain, onTimeout, timeout: minutes(1) } } });
}

describe('a namespace that is being deleted', () => {
  it.each([aReplicaSet('web', 1), aStatefulSet('web', 1), aJob('web', 1)])(
    'gets no pod in the place of the one of a $kind that was killed',
    (workload) => {
      const scenario = rolled(workload, 'force');
      const result = run(scenario, '1');
      expect(result.roll.nodes).toMatchObject([{ outcome: 'inService', forcedKills: 1 }]);
      expect(eventsOf(result).filter(({ kind }) => kind === 'podCreated')).toEqual([]);
    },
  );

  it.each([aDeployment('web', 2), aDaemonSet('web')])('gets no pods of a $kind before the roll either', (workload) => {
    const result = run(aScenario({ cluster: { nodes, namespaces, workloads: [workload] } }), '1');
    expect(eventsOf(result).filter(({ kind }) => kind === 'podCreated')).toEqual([]);
  });

  it('holds up a drain that does not use force, which the rules say beforehand', () => {
    const scenario = rolled(aReplicaSet('web', 1), 'retryForever');
    const { roll, findings } = run(scenario, '1');
    expect(roll.nodes).toMatchObject([{ outcome: 'stuck' }]);
    const held = { code: 'NAMESPACE_TERMINATING', severity: 'error', object: 'Namespace/default' };
    expect(findings).toContainEqual(
      expect.objectContaining({ ...held, message: expect.stringMatching(/refuses to evict default\/web-0 on n1/) }),
    );
    expect(check(scenario)).toContainEqual(
      expect.objectContaining({
        ...held,
        message: expect.stringMatching(/evict ReplicaSet\/default\/web: the roll waits for it for ever$/),
      }),
    );
  });
});
