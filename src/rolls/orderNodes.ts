import type { RollContext } from './RollContext.ts';
import type { RollPlan } from './RollPlan.ts';

/** The names of the plan's nodes in the order in which they are taken; ties keep the order of the listing. */
export function orderNodes(context: RollContext, { nodes, order }: RollPlan): readonly string[] {
  switch (order) {
    case 'listing':
      return nodes;
    case 'name':
      return [...nodes].sort((a, b) => (a < b ? -1 : 1));
    case 'zone':
      return [...nodes].sort((a, b) => compareZones(zoneOf(context, a), zoneOf(context, b)));
    case 'lightest':
      return [...nodes].sort((a, b) => podCount(context, a) - podCount(context, b));
    case 'random':
      return shuffled(context, nodes);
  }
}

function zoneOf({ cluster }: RollContext, name: string): string | undefined {
  return cluster.nodes.get(name)?.labels['topology.kubernetes.io/zone'];
}

/** Nodes without a zone come last, as in the candidates of OpenShift's Machine Config Operator. */
function compareZones(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  return a < b ? -1 : 1;
}

function podCount({ cluster }: RollContext, name: string): number {
  return cluster.nodes.get(name)?.pods.size ?? 0;
}

/** Each node draws from a stream of its own, so that adding a node leaves the others in the same order. */
function shuffled({ sim }: RollContext, nodes: readonly string[]): string[] {
  const draws = new Map(nodes.map((name) => [name, sim.stream('order', name).next()]));
  return [...nodes].sort((a, b) => (draws.get(a) ?? 0) - (draws.get(b) ?? 0));
}
