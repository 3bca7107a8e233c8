import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { DisruptionBudget, DisruptionBudgetDescription, DisruptionBudgetStatus } from '../../../src/cluster/DisruptionBudget.ts';
import type { PodDescription, PodPhase } from '../../../src/cluster/Pod.ts';
import { type EvictionRequest, evict } from '../../../src/controllers/evict.ts';
import { type Instant, instant, START } from '../../../src/units.ts';
import { aBudget, aPod, podOutside } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';
import type { Outcome, Vector } from './Vector.ts';

interface Given {
  readonly pods?: number;
  readonly now?: number;
  readonly pod?: null | {
    readonly phase: PodPhase;
    readonly ready?: boolean;
    readonly nodeName?: string;
    readonly deletionTimestamp?: number | string;
    readonly deletionGracePeriodSeconds?: number;
    /** Becomes another pod while the call goes on. */
    readonly changes?: string;
  };
  readonly request?: { readonly gracePeriodSeconds?: number | null; readonly dryRun?: readonly string[] };
  readonly pdbs: readonly {
    readonly name: string;
    readonly unhealthyPodEvictionPolicy?: 'IfHealthyBudget' | 'AlwaysAllow' | null;
    readonly status?: Readonly<
      Record<'generation' | 'observedGeneration' | 'disruptionsAllowed' | 'currentHealthy' | 'desiredHealthy' | 'disruptedPods', number>
    >;
  }[];
}

/**
 * Sends the eviction of the vector to a cluster in which nobody else moves. A pod that changes during the call (EV-10, EV-21) is there as
 * the second GET finds it, or its delete loses by another precondition than its resource version.
 */
export function eviction({ given: anything, expect: wanted }: Vector): Outcome {
  const given = anything as Given;
  const cluster = clusterOf({ ...NO_OBJECTS, pods: podsOf(given), budgets: given.pdbs.map(budgetOf) });
  const [budget] = cluster.budgets.values();
  const spendable = budget?.status.disruptionsAllowed ?? 0;
  const targets = cluster.pods.size > 0 ? [...cluster.pods.values()] : [podOutside(aPod('p'))];
  const answers = targets.map((pod) => evict(cluster, pod, requestOf(given)));
  const [answer, [pod]] = [answers[0], targets];
  const outcome: Readonly<Record<string, unknown>> = {
    http: answer?.code,
    message: answer?.message,
    cause: answer?.causes[0]?.message,
    retryAfterSeconds: answer?.retryAfterSeconds ?? null,
    podDeleteIssued: pod?.isTerminating || cluster.pods.size < targets.length,
    budgetSpent: spendable - (budget?.status.disruptionsAllowed ?? 0),
    condition: pod?.termination && `DisruptionTarget=True/${pod.termination.cause}`,
    conditionAdded: pod?.termination?.cause === 'EvictionByEvictionAPI',
    objectRemoved: cluster.pods.size === 0 ? 'immediately (grace forced to 0)' : 'later',
    deletionTimestamp: pod?.termination && deletionSecond(pod.termination),
    deletionTimestampChanged: pod?.termination && deletionSecond(pod.termination) !== 20,
    deletionGracePeriodSeconds: pod?.termination?.gracePeriodSeconds,
    successes: answers.filter(({ code }) => code === 201).length,
    failures429: answers.filter(({ code }) => code === 429).length,
    pdbAfter: budget && after(budget, wanted.pdbAfter),
  };
  return Object.fromEntries(Object.keys(wanted).flatMap((name) => (name in outcome ? [[name, outcome[name]]] : [])));
}

function podsOf({ pod, pods = 1 }: Given): PodDescription[] {
  if (pod === null) return [];
  const { ready, nodeName, deletionTimestamp, deletionGracePeriodSeconds, ...rest } = pod ?? { phase: 'Running', ready: true };
  const isRunningNow = pod?.changes === 'Running and Ready after the GET';
  const phase = isRunningNow ? 'Running' : rest.phase;
  const description = {
    labels: { app: 'p' },
    phase,
    ready: isRunningNow || (ready ?? false),
    nodeName: phase === 'Pending' ? nodeName : 'n1',
    termination:
      deletionTimestamp === undefined
        ? undefined
        : {
            requestedAt: instant(
              ((deletionTimestamp === 'now+20' ? 20 : Number(deletionTimestamp)) - (deletionGracePeriodSeconds ?? 0)) * 1000,
            ),
            gracePeriodSeconds: deletionGracePeriodSeconds ?? 0,
            cause: 'Delete' as const,
          },
  };
  return Array.from({ length: pods }, (_, index) => aPod(pods === 1 ? 'p' : `p${index}`, description));
}

function budgetOf({ name, unhealthyPodEvictionPolicy, status }: Given['pdbs'][number]): DisruptionBudgetDescription {
  const {
    generation = 1,
    disruptedPods = 0,
    ...numbers
  } = status ?? { observedGeneration: 1, disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0 };
  const disrupted = new Map(Array.from({ length: disruptedPods }, (_, index): [string, Instant] => [`gone-${index}`, START]));
  const budgetStatus: DisruptionBudgetStatus = { ...numbers, expectedPods: 0, disruptedPods: disrupted, condition: undefined };
  const unhealthy = unhealthyPodEvictionPolicy ?? 'IfHealthyBudget';
  return aBudget(name, { selector: { requirements: [] }, generation, unhealthyPodEvictionPolicy: unhealthy, status: budgetStatus });
}

function requestOf({ now, request, pod }: Given): EvictionRequest {
  return {
    now: instant((now ?? 0) * 1000),
    gracePeriodSeconds: request?.gracePeriodSeconds ?? undefined,
    dryRun: request?.dryRun ? 'All' : undefined,
    preconditions: pod?.changes === 'becomes Ready before the delete' ? { uid: 'another' } : undefined,
  };
}

function deletionSecond({
  requestedAt,
  gracePeriodSeconds,
}: {
  readonly requestedAt: Instant;
  readonly gracePeriodSeconds: number;
}): number {
  return requestedAt / 1000 + gracePeriodSeconds;
}

function after({ status }: DisruptionBudget, wanted: unknown): Outcome {
  const { reason, status: isAllowed } = { ...status.condition };
  const all: Outcome = {
    disruptionsAllowed: status.disruptionsAllowed,
    disruptedPodsAdded: [...status.disruptedPods.keys()],
    disruptedPodsCount: status.disruptedPods.size,
    condition: { status: isAllowed, reason },
  };
  return Object.fromEntries(Object.keys({ ...(wanted as object) }).map((name) => [name, all[name]]));
}
