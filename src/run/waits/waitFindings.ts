import type { DisruptionBudget } from '../../cluster/DisruptionBudget.ts';
import { isForNamespace } from '../../controllers/evictionResponse.ts';
import { firstNames } from '../../rolls/firstNames.ts';
import type { Finding } from '../../scenario/Scenario.ts';
import { between, formatDuration, START } from '../../units.ts';
import { counted } from '../counted.ts';
import type { Remains } from '../Remains.ts';
import type { World } from '../wire.ts';
import { type RefusedPod, refusingBudgets } from './refusedPods.ts';
import { type WaitLink, waitForCycle } from './waitForCycle.ts';

/**
 * What holds up the nodes whose drains never ended: circular waits, budgets with their figures, pods under two budgets, pods that never
 * end. `refused` are the pods that held them up to the end.
 */
export function waitFindings(remains: Remains, refused: readonly RefusedPod[]): Finding[] {
  const cycle = waitForCycle(remains.world, refused, remains.probes.pending.before);
  return [
    ...(cycle ? [ofCycle(cycle)] : []),
    ...ofBudgets(remains, refused),
    ...twoBudgets(remains.world, refused),
    ...ofNamespaces(refused),
    ...neverEnding(remains),
  ];
}

function ofCycle(cycle: readonly WaitLink[]): Finding {
  const steps = cycle.map((link, index) => step(link, cycle[(index + 1) % cycle.length] ?? link));
  return {
    code: 'WAIT_FOR_CYCLE',
    severity: 'error',
    object: `Node/${cycle[0]?.node ?? ''}`,
    message: `drains wait for one another in a circle: ${steps.join('; ')}`,
    hint: 'drain fewer of these nodes at a time, cordon each only when its turn comes, or give the pending pods room elsewhere',
  };
}

function step({ node, budget, refused, pending, fitsOn }: WaitLink, { node: next }: WaitLink): string {
  const only = fitsOn.length === 1 ? `only on ${next}, which is cordoned` : `only on cordoned nodes, such as ${next}`;
  return `the drain of ${node} waits for budget ${budget}, which refuses ${refused} because ${pending} is pending and fits ${only}`;
}

/** One finding for each budget that refuses, with its figures and the pods that it is short of. */
function ofBudgets({ world: { cluster }, ending }: Remains, refused: readonly RefusedPod[]): Finding[] {
  const lasts = ending === 'horizon' ? 'at the horizon' : 'and nothing that is left to happen changes that';
  return [...refusingBudgets(refused)].map((budget) => {
    const pods = refused.filter(({ response }) => response.budget === budget).map(({ pod, node }) => `${pod.key} on ${node}`);
    const missing = shortOf({ cluster }, budget);
    return {
      code: 'BUDGET_STUCK',
      severity: 'error',
      object: `PodDisruptionBudget/${budget.key}`,
      message: `it refuses ${firstNames(pods)} ${lasts}: ${figures(budget)}${missing.length === 0 ? '' : `; not healthy: ${firstNames(missing)}`}`,
      hint: `${missing.length === 0 ? '' : 'bring the missing pods back, '}add a replica, or let the budget allow a disruption`,
    };
  });
}

function figures({ status: { currentHealthy, desiredHealthy, expectedPods, disruptionsAllowed } }: DisruptionBudget): string {
  return `${currentHealthy} of ${expectedPods} pods healthy, ${desiredHealthy} needed, ${disruptionsAllowed} disruptions allowed`;
}

/** The pods that are not Ready and so use the budget up. */
function shortOf({ cluster }: Pick<World, 'cluster'>, budget: DisruptionBudget): string[] {
  const selected = [...cluster.pods.values()].filter((pod) => cluster.budgetsSelecting(pod).includes(budget));
  return selected.filter((pod) => !pod.ready && !pod.isFinished).map(({ key, nodeName }) => `${key} ${placeOf(nodeName)}`);
}

function placeOf(node: string | undefined): string {
  return node === undefined ? '(pending)' : `(not Ready on ${node})`;
}

/** One finding for all pods of a node that the same budgets select. */
function twoBudgets({ cluster }: World, refused: readonly RefusedPod[]): Finding[] {
  const groups = new Map<string, { readonly node: string; readonly budgets: readonly string[]; readonly pods: string[] }>();
  for (const { node, pod, response } of refused) {
    if (response.code !== 500) continue;
    const budgets = cluster.budgetsSelecting(pod).map(({ key }) => key);
    const key = [node, ...budgets].join();
    const group = groups.get(key) ?? { node, budgets, pods: [] };
    groups.set(key, group);
    group.pods.push(pod.key);
  }
  return [...groups.values()].map(({ node, budgets, pods: [first = '', ...others] }) => ({
    code: 'EVICTION_FAILS',
    severity: 'error',
    object: `Pod/${first}`,
    message: `${others.length === 0 ? 'it stays' : `it and ${counted(others.length, 'other pod')} stay`} on ${node}: ${budgets.length} budgets (${budgets.join(', ')}) select ${others.length === 0 ? 'it' : 'them'}, so every eviction fails with an internal error, and waiting does not help`,
    hint: 'leave one budget for each pod: narrow the selectors or delete one',
  }));
}

/** One finding for each namespace that is being deleted and still has pods in the way. */
function ofNamespaces(refused: readonly RefusedPod[]): Finding[] {
  const held = refused.filter(({ response }) => isForNamespace(response));
  return [...new Set(held.map(({ pod }) => pod.namespace))].map((namespace) => {
    const pods = held.filter(({ pod }) => pod.namespace === namespace).map(({ pod, node }) => `${pod.key} on ${node}`);
    return {
      code: 'NAMESPACE_TERMINATING',
      severity: 'error',
      object: `Namespace/${namespace}`,
      message: `it is being deleted, so the API server refuses to evict ${firstNames(pods)}, and waiting does not help`,
      hint: 'delete what is left in it (its pods, and what its finalizers wait for) before the roll',
    };
  });
}

/** Pods that were asked to go and are still there when nothing is left to happen, or at the horizon. */
function neverEnding({ world: { cluster }, facts, ending }: Remains): Finding[] {
  const stuck = facts.resets.filter(({ outcome, resetAt }) => outcome === 'stuck' && resetAt === undefined);
  const pods = stuck.flatMap(({ node }) => [...(cluster.nodes.get(node)?.pods ?? [])].map((pod) => ({ node, pod })));
  return pods.flatMap(({ node, pod }) => {
    if (!pod.termination) return [];
    const since = formatDuration(between(START, pod.termination.requestedAt));
    return [
      {
        code: 'POD_NEVER_ENDS',
        severity: 'error',
        object: `Pod/${pod.key}`,
        message: `it has been terminating on ${node} since ${since} after the start${ending === 'horizon' ? ' and still was at the horizon' : ', and nothing that is left to happen ends it'}`,
        hint: 'see what its containers or its unmount wait for, or give the drain a time after which the node is reset all the same',
      },
    ];
  });
}
