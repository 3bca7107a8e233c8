import { keyHash } from '../cluster/keyHash.ts';
import type { Node } from '../cluster/Node.ts';
import type { RollContext } from './RollContext.ts';
import type { NodeOrder, RollPlan } from './RollPlan.ts';

/** The names of the plan's nodes in the order in which they are taken; ties keep the order of the listing. */
export function orderNodes(context: RollContext, plan: Pick<RollPlan, 'nodes' | 'order' | 'preset'>): readonly string[] {
  const { nodes, order, preset } = plan;
  switch (order) {
    case 'listing':
      return nodes;
    case 'name':
      return [...nodes].sort(compareNames);
    case 'hash':
      return [...nodes].sort((a, b) => keyHash(`${preset}/${a}`) - keyHash(`${preset}/${b}`) || compareNames(a, b));
    case 'random':
      return shuffled(context, nodes);
    default:
      return sorted(context, nodes, COMPARISONS[order]);
  }
}

type Comparison = (a: Node | undefined, b: Node | undefined) => number;

/**
 * The orders that go by the state of nodes.
 * @see openshift/machine-config-operator pkg/controller/node/node_controller.go (sortNodeList) for `zoneThenOldest`; kubernetes-sigs/cluster-api
 * internal/controllers/machineset/machineset_delete_policy.go for `unhealthyFirst`, `oldest` and `newest`
 */
const COMPARISONS: Readonly<Record<Exclude<NodeOrder, 'listing' | 'name' | 'hash' | 'random'>, Comparison>> = {
  zone: compareZones,
  zoneThenOldest: (a, b) => compareZones(a, b) || compareAges(a, b),
  oldest: compareAges,
  newest: (a, b) => (ageIsKnown(a) && ageIsKnown(b) ? compareAges(b, a) : compareAges(a, b)),
  unhealthyFirst: (a, b) => Number(isReady(a)) - Number(isReady(b)) || compareNames(a?.name ?? '', b?.name ?? ''),
  lightest: (a, b) => podCount(a) - podCount(b),
};

function sorted({ cluster }: RollContext, names: readonly string[], compare: Comparison): readonly string[] {
  return [...names].sort((a, b) => compare(cluster.nodes.get(a), cluster.nodes.get(b)));
}

function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Nodes without a zone come last. */
function compareZones(a: Node | undefined, b: Node | undefined): number {
  const [first, second] = [zoneOf(a), zoneOf(b)];
  if (first === undefined || second === undefined) return Number(first === undefined) - Number(second === undefined);
  return compareNames(first, second);
}

function zoneOf(node: Node | undefined): string | undefined {
  return node?.labels['topology.kubernetes.io/zone'];
}

/** The oldest first; nodes whose creation is not known come last. */
function compareAges(a: Node | undefined, b: Node | undefined): number {
  if (!ageIsKnown(a) || !ageIsKnown(b)) return Number(!ageIsKnown(a)) - Number(!ageIsKnown(b));
  return a.description.createdEpoch - b.description.createdEpoch;
}

function ageIsKnown(node: Node | undefined): node is Node & { readonly description: { readonly createdEpoch: number } } {
  return node?.description.createdEpoch !== undefined;
}

function isReady(node: Node | undefined): boolean {
  return node?.ready === 'True';
}

function podCount(node: Node | undefined): number {
  return node?.pods.size ?? 0;
}

/** Each node draws from a stream of its own, so that adding a node leaves the others in the same order. */
function shuffled({ sim }: RollContext, nodes: readonly string[]): string[] {
  const draws = new Map(nodes.map((name) => [name, sim.stream('order', name).next()]));
  return [...nodes].sort((a, b) => (draws.get(a) ?? 0) - (draws.get(b) ?? 0));
}
