import type { Cluster } from '../cluster/Cluster.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { Instant } from '../units.ts';
import { deleteFor } from './deletePod.ts';
import {
  budgetExhausted,
  budgetForbidden,
  EVICTED,
  type EvictionResponse,
  namespaceTerminating,
  podNotFound,
  preconditionFailed,
  stillProcessed,
  tooManyBudgets,
} from './evictionResponse.ts';

/** An eviction as a client asks for it. */
export interface EvictionRequest {
  readonly now: Instant;
  readonly gracePeriodSeconds?: number | undefined;
  /** Judges the request, its preconditions too, and changes nothing. */
  readonly dryRun?: 'All' | undefined;
  readonly preconditions?: Preconditions | undefined;
}

/** What must hold of the pod when it is deleted. Simulated pods have no resource versions: any that is asked for counts as outdated. */
export interface Preconditions {
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
}

/**
 * Evicts the pod that bears the name of `pod` if the disruption budget that selects it still allows a disruption.
 *
 * A refusal is an ordinary result; the caller decides when to retry. Pending, finished and terminating pods need no budget, and a pod that
 * is not Ready needs none while its application is healthy (or always, under AlwaysAllow). A running pod selected by two budgets is always
 * refused. The budget is charged before the delete: a delete that fails on a precondition leaves it charged for two minutes. Nothing is
 * evicted from a namespace that is being deleted, whatever the budget says.
 * @see kubernetes/kubernetes pkg/registry/core/pod/storage/eviction.go; kubernetes/apiserver
 * pkg/admission/plugin/namespace/lifecycle/admission.go
 */
export function evict(cluster: Cluster, pod: Pod, request: EvictionRequest): EvictionResponse {
  if (cluster.terminatingNamespaces.size > 0 && cluster.terminatingNamespaces.has(pod.namespace)) return namespaceTerminating(pod);
  const current = pod.exists ? pod : cluster.pods.get(pod.key);
  if (!current) return podNotFound(pod);
  if (needsNoBudget(current)) return deleteEvicted(cluster, current, request);
  const budget = cluster.onlyBudgetOf(current);
  if (!budget) return evictWithoutBudget(cluster, current, request);
  if (isFree(current, budget)) return deleteGuarded(cluster, current, budget, request);
  return refusal(budget) ?? chargeAndDelete(cluster, current, budget, request);
}

function needsNoBudget(pod: Pod): boolean {
  return pod.phase === 'Pending' || pod.isFinished || pod.isTerminating;
}

/** Evicts a pod that no budget selects, or several of them. */
function evictWithoutBudget(cluster: Cluster, pod: Pod, request: EvictionRequest): EvictionResponse {
  const [first] = cluster.budgetsSelecting(pod);
  return first ? tooManyBudgets(first) : deleteEvicted(cluster, pod, request);
}

function isFree(pod: Pod, { description, status }: DisruptionBudget): boolean {
  if (pod.ready) return false;
  if (description.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  return status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0;
}

/**
 * A pod that is evicted without charging the budget must not have become Ready meanwhile, so the API server adds its resource version as a
 * precondition.
 */
function deleteGuarded(cluster: Cluster, pod: Pod, budget: DisruptionBudget, request: EvictionRequest): EvictionResponse {
  const response = deleteEvicted(cluster, pod, request);
  return response.code === 409 && request.preconditions?.resourceVersion === undefined ? stillProcessed(budget) : response;
}

const MAX_DISRUPTED_PODS = 2000;

function refusal(budget: DisruptionBudget): EvictionResponse | undefined {
  const { observedGeneration, disruptionsAllowed, disruptedPods } = budget.status;
  if (observedGeneration < budget.generation) return stillProcessed(budget);
  if (disruptionsAllowed < 0) return budgetForbidden(budget, 'pdb disruptions allowed is negative');
  if (disruptedPods.size > MAX_DISRUPTED_PODS) {
    return budgetForbidden(budget, 'DisruptedPods map too big - too many evictions not confirmed by PDB controller');
  }
  return disruptionsAllowed === 0 ? budgetExhausted(budget) : undefined;
}

function chargeAndDelete(cluster: Cluster, pod: Pod, budget: DisruptionBudget, request: EvictionRequest): EvictionResponse {
  if (!request.dryRun) cluster.chargeBudget(budget, pod, request.now);
  return deleteEvicted(cluster, pod, request);
}

function deleteEvicted(cluster: Cluster, pod: Pod, request: EvictionRequest): EvictionResponse {
  const problem = request.preconditions && unmetPrecondition(pod, request.preconditions);
  if (problem !== undefined) return preconditionFailed(pod, problem);
  if (request.dryRun) return EVICTED;
  deleteFor('EvictionByEvictionAPI', cluster, pod, request);
  return EVICTED;
}

function unmetPrecondition(pod: Pod, { uid, resourceVersion }: Preconditions): string | undefined {
  if (uid !== undefined && uid !== pod.uid) {
    return `the UID in the precondition (${uid}) does not match the UID in record (${pod.uid}). The object might have been deleted and then recreated`;
  }
  if (resourceVersion === undefined) return undefined;
  return `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (none). The object might have been modified`;
}
