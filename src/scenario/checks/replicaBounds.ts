import { workloadKey } from '../../cluster/Workload.ts';
import { demandFor } from '../demandFor.ts';
import type { Scenario } from '../Scenario.ts';
import type { PodGroup } from './PodGroup.ts';

/** Between how many pods a group may have during the roll. */
export interface ReplicaBounds {
  readonly least: number;
  /** The least when the roll begins. */
  readonly leastAtStart: number;
  readonly most: number;
}

/** What of a group decides how far it may be scaled. */
type Bounded = Pick<PodGroup, 'object' | 'kind' | 'namespace' | 'labels' | 'count'>;

/**
 * How far autoscalers may scale each group: down to their minimum in any case, up to their maximum if the scenario has a demand that could
 * drive them. A group without autoscaler keeps its count.
 */
export function replicaBounds({ cluster, demand }: Scenario): (group: Bounded) => ReplicaBounds {
  const autoscalers = new Map(cluster.autoscalers.map((each) => [workloadKey({ namespace: each.namespace, ...each.target }), each]));
  return (group) => {
    const { object, kind, namespace, labels, count } = group;
    const autoscaler = autoscalers.get(object);
    if (!autoscaler) return { least: count, leastAtStart: count, most: count };
    const hasDemand = demandFor(demand, { kind, namespace, name: autoscaler.target.name, labels }) !== undefined;
    const { minReplicas, maxReplicas } = autoscaler;
    if (!hasDemand) return { least: minReplicas, leastAtStart: count, most: count };
    return { least: minReplicas, leastAtStart: Math.min(count, minReplicas), most: Math.max(count, maxReplicas) };
  };
}
