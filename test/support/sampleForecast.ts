import type {
  Forecast,
  ForecastReport,
  NodeRow,
  ReplicationRow,
  Sweep,
  WindowSearch,
  WorkloadRow,
} from '../../src/experiments/Forecast.ts';
import { instant } from '../../src/units.ts';

const head = { schemaVersion: 1, rollcast: '0.1.0', scenario: 'online-shop', seed: '2026' };

/** A node that was reset in 8 minutes without trouble. */
export function aNodeRow(name: string, row: Partial<NodeRow> = {}): NodeRow {
  return {
    name,
    outcome: 'inService',
    cordonedAt: 0,
    drainedAt: 4.5,
    resetAt: 4.5,
    readyAt: 484.5,
    inServiceAt: 484.5,
    blockedSeconds: 0,
    blockedBy: [],
    evictions: 6,
    refusals: 0,
    forcedKills: 0,
    ...row,
  };
}

/** A Deployment of three replicas in namespace `shop` that the roll did not hurt. */
export function aWorkloadRow(name: string, row: Partial<WorkloadRow> = {}): WorkloadRow {
  return {
    kind: 'Deployment',
    namespace: 'shop',
    name,
    desired: 3,
    minReady: 3,
    outageSeconds: 0,
    degradedSeconds: 0,
    belowFloorSeconds: 0,
    moves: 3,
    wastedMoves: 0,
    outages: [],
    lostData: [],
    ...row,
  };
}

/** One run of three nodes that fails one of its two objectives, with something in every part of the document. */
export function aForecast(parts: Partial<Forecast> = {}): Forecast {
  return {
    ...head,
    replications: 1,
    verdict: {
      outcome: 'fails',
      sentence: 'Resetting 3 nodes of pool workers with maxUnavailable 2 breaks 1 of 2 objectives: shop/search is down for 3m 20s.',
      objectives: [
        {
          name: 'no outage',
          outcome: 'fails',
          certainty: 'certain',
          probability: 0,
          interval: null,
          evidence: 'Deployment shop/search is down for 3m 20s from 12m 30s on',
        },
        {
          name: 'inside the window',
          outcome: 'holds',
          certainty: 'certain',
          probability: 1,
          interval: null,
          evidence: 'the roll takes 20m 5s, at most 4h are allowed',
        },
      ],
    },
    roll: {
      preset: 'cce-sync',
      pool: 'workers',
      maxUnavailable: 2,
      outcome: 'completed',
      durationSeconds: 1205,
      batches: [
        { nodes: ['workers-1', 'workers-2'], startSeconds: 0, endSeconds: 725 },
        { nodes: ['workers-3'], startSeconds: 725, endSeconds: 1205 },
      ],
      nodes: [
        aNodeRow('workers-1'),
        aNodeRow('workers-2', {
          drainedAt: 245,
          resetAt: 245,
          readyAt: 725,
          inServiceAt: 725,
          blockedSeconds: 240,
          blockedBy: ['shop/checkout'],
          refusals: 48,
          forcedKills: 1,
        }),
        aNodeRow('workers-3', { cordonedAt: 725, drainedAt: 725, resetAt: 725, readyAt: 1205, inServiceAt: 1205, evictions: 0 }),
      ],
    },
    scheduling: {
      decisions: 31,
      slowDecisions: 0,
      failedAttempts: 4,
      peakPending: 2,
      pendingPodSeconds: 400,
      pendingBefore: ['shop/big-0'],
      neverScheduled: [],
      reasons: [
        {
          message: '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.',
          attempts: 4,
          pods: 2,
        },
      ],
      preemptions: 0,
    },
    workloads: [
      aWorkloadRow('checkout', { minReady: 2, degradedSeconds: 90 }),
      aWorkloadRow('frontend'),
      aWorkloadRow('search', {
        desired: 2,
        minReady: 0,
        outageSeconds: 200,
        degradedSeconds: 480,
        outages: [
          {
            start: 750,
            end: 950,
            isOver: true,
            cause: ['workers-3 was drained', 'shop/search-x1 waited 200s: Insufficient cpu', 'workers-1 came back'],
          },
        ],
        lostData: [{ pod: 'shop/search-x1', volume: 'cache', reason: 'emptyDir is wiped by the reset' }],
      }),
    ],
    budgets: [
      { namespace: 'shop', name: 'checkout', refusals: 48, blockedSeconds: 240, stuck: false },
      { namespace: 'shop', name: 'frontend', refusals: 0, blockedSeconds: 0, stuck: false },
    ],
    headroom: {
      cpu: { min: 0.012, atSeconds: 730 },
      memory: { min: 0.4, atSeconds: 730 },
      pods: { min: 0.8, atSeconds: 0 },
    },
    unservedRequests: 0,
    findings: [
      {
        code: 'SINGLE_NODE_ROOM',
        severity: 'warning',
        object: 'Deployment/shop/search',
        message: 'both replicas fit on workers-3 only',
        hint: 'lower the CPU request or add a node',
      },
    ],
    notModelled: [{ what: 'network failures during the reset', direction: 'optimistic' }],
    inputs: [
      { name: 'timing.nodes[0].reset', origin: 'assumed', value: '8m' },
      { name: 'timing.pods[0].ready', origin: 'default', value: '10s' },
    ],
    ...parts,
  };
}

/** {@link aForecast} with what only the report folder holds. */
export function aForecastReport(forecast: Forecast = aForecast()): ForecastReport {
  const flat = { times: [instant(0)], values: [0] };
  return {
    forecast,
    start: '2026-11-24T01:00:00+01:00[Europe/Berlin]',
    series: { nodesAway: flat, podsPending: flat, headroom: { cpu: flat, memory: flat, pods: flat }, ready: [] },
    pods: [
      {
        pod: 'shop/search-x1',
        workload: 'Deployment/shop/search',
        node: 'workers-1',
        createdAt: instant(725_000),
        boundAt: instant(925_000),
        readyAt: instant(950_000),
        goneAt: undefined,
        cause: 'eviction from workers-3',
        failedAttempts: 2,
      },
    ],
    events: [
      { at: instant(0), kind: 'cordon', object: 'workers-1', detail: {} },
      { at: instant(1500), kind: 'evict', object: 'shop/search-x1', detail: { node: 'workers-1', refused: false } },
    ],
    runs: [aReplication(forecast.seed)],
  };
}

/** A run with these `figures`, and without harm. */
export function aReplication(seed: string, figures: Partial<ReplicationRow['figures']> = {}): ReplicationRow {
  return { seed, outcome: 'completed', figures: { ...noHarm, durationSeconds: 1205, ...figures } };
}

const noHarm = {
  durationSeconds: 1440,
  unfinished: 0,
  peakPending: 0,
  pendingPodSeconds: 0,
  outageSeconds: 0,
  worstOutageSeconds: 0,
  workloadsDown: 0,
  failedAttempts: 0,
  wastedMoves: 0,
  belowFloorSeconds: 0,
  degradedSeconds: 0,
  refusals: 0,
  blockedSeconds: 0,
  forcedKills: 0,
  neverScheduled: 0,
  movesPerPod: 1,
  unservedRequests: 0,
};

/** Two settings: one node at a time holds, two do not. */
export function aSweep(): Sweep {
  const { verdict } = aForecast();
  return {
    ...head,
    replications: 40,
    cells: [
      {
        factors: { maxUnavailable: 1 },
        verdict: {
          outcome: 'holds',
          sentence: 'All objectives hold.',
          objectives: verdict.objectives.map((objective) => ({ ...objective, outcome: 'holds', probability: 1 })),
        },
        metrics: noHarm,
      },
      {
        factors: { maxUnavailable: 2 },
        verdict,
        metrics: {
          ...noHarm,
          durationSeconds: 1205,
          peakPending: 2,
          pendingPodSeconds: 400,
          outageSeconds: 200,
          worstOutageSeconds: 200,
          workloadsDown: 1,
        },
      },
    ],
    recommended: { factors: { maxUnavailable: 1 }, reason: 'the largest maxUnavailable that keeps every objective', certainty: 'certain' },
    paretoFront: [{ maxUnavailable: 2 }, { maxUnavailable: 1 }],
    notModelled: [{ what: 'network failures during the reset', direction: 'optimistic' }],
    inputs: [{ name: 'timing.nodes[0].reset', origin: 'default', value: '8m' }],
  };
}

/** Two starts, of which the night one holds. */
export function aWindowSearch(): WindowSearch {
  const night = '2026-11-24T02:00:00+01:00[Europe/Berlin]';
  const noon = '2026-11-24T12:00:00+01:00[Europe/Berlin]';
  return {
    ...head,
    replications: 100,
    starts: [
      {
        start: night,
        outcome: 'holds',
        breaks: [],
        durationSeconds: 1205,
        outageSeconds: 0,
        unservedRequests: 0,
        requestsDuringRoll: 120_000,
        probability: 1,
        interval: [0.97, 1],
      },
      {
        start: noon,
        outcome: 'fails',
        breaks: ['every request is served'],
        durationSeconds: 1205,
        outageSeconds: 200,
        unservedRequests: 41_000,
        requestsDuringRoll: 480_000,
        probability: 0.5,
        interval: [0.4038, 0.5962],
      },
    ],
    best: [night],
    worst: { start: noon, reason: '41,000 requests are not served' },
    notModelled: [],
    inputs: [{ name: 'demand[0].curve', origin: 'measured', value: 'demand.csv' }],
  };
}
