import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { Labels } from '../../../src/cluster/LabelSelector.ts';
import { DisruptionController } from '../../../src/controllers/DisruptionController.ts';
import { Simulation } from '../../../src/sim/Simulation.ts';
import { START } from '../../../src/units.ts';
import { aBudget, aPod } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';
import type { Outcome, Vector } from './Vector.ts';

interface Given {
  readonly pdbs: readonly { readonly ns: string; readonly selector: object | null }[];
  readonly pods: readonly { readonly ns: string; readonly labels: Labels }[];
}

/** Which pods the budget selects, or which of two budgets a change of a pod refreshes. */
export function pdbSelection(vector: Vector): Outcome {
  return 'matched' in vector.expect ? matched(vector.given as Given) : refreshed();
}

function matched({ pdbs, pods }: Given): Outcome {
  const cluster = clusterOf({
    ...NO_OBJECTS,
    budgets: pdbs.map(({ ns, selector }) =>
      aBudget('b', { namespace: ns, selector: selector === null ? undefined : { requirements: [] } }),
    ),
    pods: pods.map(({ ns, labels }, index) => aPod(`p${index}`, { namespace: ns, labels })),
  });
  const selected = [...cluster.pods.values()].map((pod, index) => (cluster.budgetsSelecting(pod).length > 0 ? index : -1));
  return { matched: selected.filter((index) => index >= 0) };
}

function refreshed(): Outcome {
  const cluster = clusterOf({
    ...NO_OBJECTS,
    budgets: ['p2', 'p1'].map((name) => aBudget(name, { minAvailable: 1, selector: { requirements: [] } })),
    pods: [aPod('web-0', { nodeName: 'n1' })],
  });
  const sim = new Simulation('vector');
  const controller = new DisruptionController({ sim, cluster });
  cluster.subscribe(controller);
  for (const pod of cluster.pods.values()) cluster.markPodUnready(pod, START);
  sim.run(START);
  const names = [...cluster.budgets.values()].filter(({ status }) => status.currentHealthy === 0).map(({ name }) => name);
  return { enqueued: names.join() === 'p1' ? 'exactly one of p1,p2 (simulator: first by name)' : names.join() };
}
