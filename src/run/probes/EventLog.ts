import type { ClusterChange, ClusterListener } from '../../cluster/ClusterChange.ts';
import { onEvery } from '../../cluster/Listeners.ts';
import type { Node } from '../../cluster/Node.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import type { EventRow } from '../RunResult.ts';

type Detail = EventRow['detail'];

/** Writes down what happened to the cluster, one row per event, in order. */
export class EventLog implements ClusterListener {
  readonly on = onEvery((change) => {
    const row = describe(change);
    if (row) this.add(...row);
  });
  readonly rows: EventRow[] = [];
  private readonly sim: Simulation;

  constructor(sim: Simulation) {
    this.sim = sim;
  }

  add(kind: string, object: string, detail: Detail = {}): void {
    this.rows.push({ at: this.sim.now, kind, object, detail });
  }
}

function describe(change: ClusterChange): [kind: string, object: string, detail?: Detail] | undefined {
  switch (change.kind) {
    case 'podAdded':
      return ['podCreated', `Pod/${change.pod.key}`];
    case 'podBound':
      return ['podBound', `Pod/${change.pod.key}`, { node: change.node.name }];
    case 'podReadyChanged':
      return [change.pod.ready ? 'podReady' : 'podNotReady', `Pod/${change.pod.key}`];
    case 'podTerminating':
      return ['podTerminating', `Pod/${change.pod.key}`, { cause: change.pod.termination?.cause ?? 'Delete' }];
    case 'podRemoved':
      return ['podGone', `Pod/${change.pod.key}`, change.pod.nodeName === undefined ? {} : { node: change.pod.nodeName }];
    case 'podNominated':
      return ['podNominated', `Pod/${change.pod.key}`, { node: change.pod.nominatedNodeName ?? '' }];
    case 'nodeUpdated':
      return describeNode(change);
    case 'nodeAdded':
      return ['nodeCreated', `Node/${change.node.name}`];
    case 'nodeRemoved':
      return ['nodeDeleted', `Node/${change.node.name}`];
    case 'budgetStatusChanged':
    case 'budgetCharged': {
      const { currentHealthy, desiredHealthy, disruptionsAllowed } = change.budget.status;
      return ['budget', `PodDisruptionBudget/${change.budget.key}`, { currentHealthy, desiredHealthy, disruptionsAllowed }];
    }
    case 'eventRecorded':
      return ['event', change.object, { reason: change.reason, message: change.message }];
    case 'nodeVolumesChanged':
      return ['nodeVolumes', `Node/${change.node.name}`, volumesOf(change.node)];
    default:
      return undefined;
  }
}

function volumesOf({ volumesAttached, volumesInUse }: Node): Detail {
  return { attached: [...volumesAttached].join(','), inUse: [...volumesInUse].join(',') };
}

function describeNode({ node, before }: Extract<ClusterChange, { kind: 'nodeUpdated' }>): [string, string, Detail?] | undefined {
  const object = `Node/${node.name}`;
  if (node.unschedulable !== before.unschedulable) return [node.unschedulable ? 'cordoned' : 'uncordoned', object];
  if (node.ready !== before.ready) return [node.ready === 'True' ? 'nodeReady' : 'nodeNotReady', object, { ready: node.ready }];
  if (node.taints !== before.taints)
    return ['nodeTaints', object, { taints: node.taints.map(({ key, effect }) => `${key}:${effect}`).join(',') }];
  return undefined;
}
