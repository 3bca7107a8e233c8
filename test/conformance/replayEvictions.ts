import type { DisruptionBudget } from '../../src/cluster/DisruptionBudget.ts';
import type { Pod } from '../../src/cluster/Pod.ts';
import type { EvictionResponse } from '../../src/controllers/evictionResponse.ts';
import { type Comparison, compared } from './Comparison.ts';
import type { Action, EvictionTrace, PodLine, Response, Step } from './evictions/EvictionTrace.ts';
import { EvictionWorld } from './evictions/EvictionWorld.ts';

/**
 * Replays one recording of evictions and compares, after every step, each answer, each budget status and each pod.
 *
 * Replacements are compared by workload and order, not by name; where a pod runs and when it becomes Ready or exits follows the recording.
 * From the deletion of a namespace on nothing is compared: what its controller does is not modelled.
 */
export function replayEvictions(recording: unknown, file: string): Comparison[] {
  const trace = recording as EvictionTrace;
  const world = new EvictionWorld(trace);
  const known = new Set([...trace.before.pods.map(({ owner }) => owner ?? '')]);
  const before = { budgetsAfter: trace.before.budgets, podsAfter: trace.before.pods };
  const comparisons = state(world, before, { file, step: 'before', known });
  for (const [index, step] of trace.steps.slice(0, endOfNamespace(trace)).entries()) {
    const at = { file, step: nameOf(step, index), known };
    const answers = isRefusedBefore(step) ? [] : world.perform(step);
    comparisons.push(...responses(step, answers, at), ...state(world, step, at));
  }
  return comparisons;
}

/**
 * The requests that the API refuses before it looks at a budget, which are not sent while the state after them is compared all the same; and
 * every step from the deletion of a namespace on.
 */
export function outOfScopeRequests(recording: unknown): readonly string[] {
  const trace = recording as EvictionTrace;
  const end = endOfNamespace(trace);
  return trace.steps.flatMap((step, index) => (index >= end || isRefusedBefore(step) ? [nameOf(step, index)] : []));
}

function nameOf({ action }: Step, index: number): string {
  return `${index + 1} ${action.type}`;
}

/** Index of the first step that deletes a namespace, or the number of all steps. */
function endOfNamespace({ steps }: EvictionTrace): number {
  const index = steps.findIndex(({ action }) => action.type === 'deleteObject' && String(action.object).startsWith('Namespace/'));
  return index < 0 ? steps.length : index;
}

interface Place {
  readonly file: string;
  readonly step: string;
  /** Owners that bear the same name in recording and simulation. */
  readonly known: ReadonlySet<string>;
}

function isRefusedBefore({ action, response }: Step): boolean {
  const [first] = [response ?? []].flat() as Response[];
  const isNamespaceGoing = first?.causes?.[0]?.reason === 'NamespaceTerminating';
  return first?.code === 400 || first?.code === 422 || isNamespaceGoing || isDryRunMismatch(action);
}

function isDryRunMismatch({ query, deleteOptions }: Action): boolean {
  const dryRun = deleteOptions?.dryRun ?? [];
  return query !== undefined && dryRun.length > 0 && !query.endsWith(`=${dryRun.join()}`);
}

function responses({ response }: Step, answers: readonly EvictionResponse[], { file, step }: Place): Comparison[] {
  const recorded = [response ?? []].flat() as Response[];
  return answers.map((answer, index) => compared({ file, step, what: 'response' }, responseOf(recorded[index]), responseOf(answer)));
}

function responseOf(response: Response | EvictionResponse | undefined) {
  return {
    code: response?.code,
    reason: response?.reason ?? '',
    message: withoutIds(response?.message ?? ''),
    causes: (response?.causes ?? []).map(({ reason, message }) => ({ reason, message })),
    retryAfterSeconds: response?.retryAfterSeconds ?? null,
  };
}

/** UIDs and resource versions are given by the server. */
function withoutIds(message: string): string {
  return message.replace(/in record \([^)]*\)/, 'in record (…)');
}

function state(world: EvictionWorld, { budgetsAfter, podsAfter }: Pick<Step, 'budgetsAfter' | 'podsAfter'>, place: Place): Comparison[] {
  const { file, step } = place;
  const keys = new Set([...Object.keys(budgetsAfter), ...world.cluster.budgets.keys()]);
  const budgets = [...keys].map((key) => {
    const budget = world.cluster.budgets.get(key);
    return compared({ file, step, what: 'budget' }, sorted(budgetsAfter[key]), budget && sorted(budgetLine(world, budget, podsAfter)));
  });
  const pods = podsAfter.map((line) => {
    const pod = world.pairs.podOf(line.name);
    const actual = pod && { ...podLine(pod, line.name, place), ...(world.pairs.hasMoved(line.name) ? { node: line.node } : {}) };
    return compared({ file, step, what: 'pod' }, recordedLine(line, place), actual);
  });
  const surplus = world.pairs
    .surplus(podsAfter)
    .map((pod) => compared({ file, step, what: 'pod' }, undefined, podLine(pod, pod.key, place)));
  return [...budgets, ...pods, ...surplus];
}

function budgetLine(world: EvictionWorld, { status, description }: DisruptionBudget, lines: readonly PodLine[]) {
  const names = lines.filter(({ name }) => {
    const pod = world.pairs.podOf(name);
    return pod?.namespace === description.namespace && status.disruptedPods.has(pod.name);
  });
  const { observedGeneration, expectedPods, desiredHealthy, currentHealthy, disruptionsAllowed } = status;
  return {
    ...{ observedGeneration, expectedPods, desiredHealthy, currentHealthy, disruptionsAllowed },
    generation: description.generation,
    disruptedPods: names.map(({ name }) => name.slice(name.indexOf('/') + 1)),
    condition: status.condition && sorted(status.condition),
  };
}

function sorted(fields: object | undefined): object {
  const entries = Object.entries(fields ?? {}).map(([key, value]) => [key, key === 'condition' ? sorted(value) : value] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function recordedLine({ name, owner, node, phase, ready, ...ending }: PodLine, place: Place) {
  const { terminating, graceSeconds, disruptionTarget } = ending;
  return { name, owner: ownerIn(place, owner), node, phase, ready, terminating, graceSeconds, disruptionTarget };
}

function podLine({ owner, nodeName, phase, ready, termination }: Pod, name: string, place: Place) {
  return {
    name,
    owner: ownerIn(place, owner ? `${owner.kind}/${owner.name}` : null),
    node: nodeName ?? null,
    phase,
    ready,
    terminating: termination ? true : undefined,
    graceSeconds: termination?.gracePeriodSeconds,
    disruptionTarget: termination?.cause === 'EvictionByEvictionAPI' ? `True/${termination.cause}/Eviction API: evicting` : undefined,
  };
}

/** Owners that came into being later are named differently: only their kind is compared. */
function ownerIn({ known }: Place, owner: string | null): string | null {
  return owner === null || known.has(owner) ? owner : owner.slice(0, owner.indexOf('/'));
}
