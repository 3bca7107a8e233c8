import type { RunResult } from '../run/RunResult.ts';
import type { Finding, Scenario } from '../scenario/Scenario.ts';
import { type Instant, toSeconds } from '../units.ts';
import type { Forecast } from './Forecast.ts';
import { maintenanceRow } from './maintenanceRow.ts';
import { notModelled } from './notModelled.ts';

type Body = Omit<Forecast, 'schemaVersion' | 'rollcast' | 'scenario' | 'seed' | 'replications' | 'verdict' | 'metrics'>;

/** The part of a results document that one run gives, with times in seconds, and the `findings` of whoever looked at it. */
export function forecastOf(scenario: Scenario, run: RunResult, findings: readonly Finding[]): Body {
  const { cpu, memory, pods } = run.headroom;
  return {
    roll: rollOf(run, scenario),
    scheduling: schedulingRow(run),
    workloads: run.workloads.map(workloadRow),
    budgets: run.budgets.map(({ blocked, stuck, ...budget }) => ({ ...budget, blockedSeconds: toSeconds(blocked), stuck })),
    headroom: { cpu: headroom(cpu), memory: headroom(memory), pods: headroom(pods) },
    unservedRequests: run.unservedRequests,
    findings,
    notModelled: notModelled(scenario),
    inputs: scenario.inputs,
  };
}

function schedulingRow({ scheduling, preemptions }: RunResult): Forecast['scheduling'] {
  const { decisions, slowDecisions, failedAttempts, peakPending, pendingPodSeconds, pendingBefore, neverScheduled, reasons } = scheduling;
  return {
    decisions,
    slowDecisions,
    failedAttempts,
    peakPending,
    pendingPodSeconds,
    pendingBefore,
    neverScheduled,
    reasons,
    preemptions,
  };
}

function rollOf({ roll }: RunResult, { start }: Scenario): Forecast['roll'] {
  return {
    preset: roll.preset,
    pool: roll.pool ?? null,
    maxUnavailable: roll.maxUnavailable,
    ...(roll.surge === undefined ? {} : { surge: roll.surge.nodes, peakNodes: roll.surge.peakNodes }),
    outcome: roll.outcome,
    durationSeconds: toSeconds(roll.duration),
    batches: roll.batches.map(({ nodes, start, end }) => ({ nodes, startSeconds: toSeconds(start), endSeconds: toSeconds(end) })),
    nodes: roll.nodes.map(nodeRow),
    ...(roll.maintenance ? { maintenance: maintenanceRow(roll.maintenance, start) } : {}),
  };
}

/** One row of a reset, with times in seconds. */
export function nodeRow(reset: RunResult['roll']['nodes'][number]): Forecast['roll']['nodes'][number] {
  return {
    name: reset.node,
    outcome: reset.outcome,
    ...(reset.createdAt === undefined ? {} : { createdAt: toSeconds(reset.createdAt) }),
    cordonedAt: secondsOrNull(reset.cordonedAt),
    ...(reset.startedAt === undefined ? {} : { startedAt: toSeconds(reset.startedAt) }),
    drainedAt: secondsOrNull(reset.drainedAt),
    resetAt: secondsOrNull(reset.resetAt),
    readyAt: secondsOrNull(reset.readyAt),
    inServiceAt: secondsOrNull(reset.inServiceAt),
    ...(reset.outcome === 'replaced' ? { goneAt: toSeconds(reset.endedAt) } : {}),
    blockedSeconds: toSeconds(reset.blocked),
    blockedBy: reset.refusedBy.map(({ budget }) => budget),
    evictions: reset.evictions,
    refusals: reset.refusals,
    forcedKills: reset.forcedKills,
  };
}

/** One row of a workload, with times in seconds. */
export function workloadRow(workload: RunResult['workloads'][number]): Forecast['workloads'][number] {
  const { kind, namespace, name, desired, minReady, quorum, moves, wastedMoves, lostData } = workload;
  return {
    kind,
    namespace,
    name,
    desired,
    minReady,
    outageSeconds: toSeconds(workload.outage),
    degradedSeconds: toSeconds(workload.degraded),
    belowFloorSeconds: toSeconds(workload.belowFloor),
    ...(quorum ? { quorum: { size: quorum.size, leastInSync: quorum.leastInSync } } : {}),
    moves,
    wastedMoves,
    outages: workload.outages.map(({ start, end, isOver, cause }) => ({ start: toSeconds(start), end: toSeconds(end), isOver, cause })),
    lostData,
  };
}

function headroom({ min, at }: RunResult['headroom']['cpu']): { min: number; atSeconds: number } {
  return { min, atSeconds: toSeconds(at) };
}

/** Seconds from t = 0, null for what never came. */
export function secondsOrNull(at: Instant | undefined): number | null {
  return at === undefined ? null : toSeconds(at);
}
