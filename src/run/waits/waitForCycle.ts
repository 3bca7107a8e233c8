import type { DisruptionBudget } from '../../cluster/DisruptionBudget.ts';
import type { Node } from '../../cluster/Node.ts';
import type { Pod } from '../../cluster/Pod.ts';
import { firstUntolerated, UNSCHEDULABLE } from '../../cluster/Taint.ts';
import type { NodeVerdict } from '../../scheduler/NodeVerdict.ts';
import type { World } from '../wire.ts';
import type { RefusedPod } from './refusedPods.ts';

/** One step of a chain: the drain of `node` waits for a budget, the budget for a pending pod, and that pod for the node of the next step. */
export interface WaitLink {
  readonly node: string;
  /** `namespace/name`, like the pods. */
  readonly budget: string;
  readonly refused: string;
  readonly pending: string;
  /**
   * The cordoned nodes on which the pending pod would fit once they are empty and back in service; the chain continues with one of them.
   */
  readonly fitsOn: readonly string[];
}

/**
 * Finds a circle of drains that wait for one another: each for a budget that is short of a pod which is pending and fits only on a node
 * that is itself cordoned and held up. Nothing but a change from outside opens such a circle. Pods of `pendingBefore` are part of none: they
 * fitted nowhere when no node was cordoned yet.
 * @returns its links, each leading to the next and the last to the first; undefined when the drains are held up for other reasons.
 */
export function waitForCycle(
  world: World,
  refused: readonly RefusedPod[],
  pendingBefore: ReadonlySet<Pod>,
): readonly WaitLink[] | undefined {
  const search = { links: linksByNode(world, refused, pendingBefore), deadEnds: new Set<string>() };
  for (const start of search.links.keys()) {
    const cycle = follow(search, [], start);
    if (cycle) return cycle;
  }
  return undefined;
}

function linksByNode(world: World, refused: readonly RefusedPod[], before: ReadonlySet<Pod>): Map<string, readonly WaitLink[]> {
  const held = new Set(refused.map(({ node }) => node));
  const homes = new Map<Pod, readonly string[]>();
  const homesOf = (pod: Pod) => homes.get(pod) ?? homes.set(pod, homesOnceBack(world, pod, held)).get(pod) ?? [];
  const links = new Map<string, WaitLink[]>();
  for (const { node, pod, response } of refused) {
    const { budget } = response;
    if (response.code !== 429 || budget === undefined) continue;
    const missing = pendingPods(world, budget).filter((one) => !before.has(one));
    const pending = missing.map((one) => ({ pending: one.key, fitsOn: homesOf(one) }));
    const open = pending.filter(({ fitsOn }) => fitsOn.length > 0).map((wait) => ({ node, budget: budget.key, refused: pod.key, ...wait }));
    links.set(node, [...(links.get(node) ?? []), ...open]);
  }
  return links;
}

/** Pods of the budget that have no node. */
function pendingPods({ cluster }: World, budget: DisruptionBudget): Pod[] {
  const unbound = cluster.podCounts.restless().filter((pod) => pod.nodeName === undefined && !pod.isTerminating);
  return unbound.filter((pod) => cluster.budgetsSelecting(pod).includes(budget));
}

/** The nodes of `held` that would take `pod` if they were empty and in service again; none when it fits somewhere now. */
function homesOnceBack({ cluster, scheduler }: World, pod: Pod, held: ReadonlySet<string>): string[] {
  const { nodes } = scheduler.explain(pod);
  if (nodes.some(({ refusals }) => refusals.length === 0)) return [];
  return nodes.flatMap(({ node: name, refusals }) => {
    const node = cluster.nodes.get(name);
    return node && held.has(name) && refusals.every((verdict) => endsWithReset(verdict, pod, node)) ? [name] : [];
  });
}

function endsWithReset({ plugin, canPreemptionHelp }: NodeVerdict, pod: Pod, { taints }: Node): boolean {
  if (canPreemptionHelp || plugin === 'NodeUnschedulable') return true;
  const lasting = taints.filter(({ key }) => key !== UNSCHEDULABLE.key);
  return plugin === 'TaintToleration' && !firstUntolerated(lasting, pod.spec.tolerations, ['NoSchedule', 'NoExecute']);
}

/** A chain that is being followed, and the nodes from which no chain comes back. */
interface Search {
  readonly links: ReadonlyMap<string, readonly WaitLink[]>;
  readonly deadEnds: Set<string>;
}

/**
 * Continues from `node` along each of its links in turn, preferring new budgets and other nodes, until the chain returns to a node it has
 * passed.
 */
function follow(search: Search, path: readonly WaitLink[], node: string): readonly WaitLink[] | undefined {
  const passed = path.findIndex((link) => link.node === node);
  if (passed >= 0) return path.slice(passed);
  if (search.deadEnds.has(node)) return undefined;
  for (const link of newBudgetsFirst(search.links.get(node) ?? [], path)) {
    for (const next of othersFirst(link)) {
      const cycle = follow(search, [...path, link], next);
      if (cycle) return cycle;
    }
  }
  search.deadEnds.add(node);
  return undefined;
}

function newBudgetsFirst(links: readonly WaitLink[], path: readonly WaitLink[]): WaitLink[] {
  const known = new Set(path.map(({ budget }) => budget));
  return [...links.filter(({ budget }) => !known.has(budget)), ...links.filter(({ budget }) => known.has(budget))];
}

function othersFirst({ node, fitsOn }: WaitLink): string[] {
  return [...fitsOn.filter((name) => name !== node), ...fitsOn.filter((name) => name === node)];
}
