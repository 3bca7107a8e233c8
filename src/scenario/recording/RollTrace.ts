import { z } from 'zod';

/** The format of a recorded roll. */
export const ROLL_TRACE = 'rollcast-trace/roll/1';

const seconds = z.number().min(0);
const nullableSeconds = z.number().nullish();

const workloadTiming = z.object({
  startSeconds: seconds.nullish(),
  readySeconds: seconds.nullish(),
  exitSeconds: seconds.nullish(),
  completeSeconds: seconds.nullish(),
});

const disturbance = z.looseObject({
  at: z.number(),
  scale: z.object({ kind: z.string(), name: z.string(), namespace: z.string().optional(), replicas: z.int().min(0) }).optional(),
  patch: z.object({ kind: z.string(), name: z.string(), namespace: z.string().optional(), body: z.unknown() }).optional(),
  deletePod: z.unknown().optional(),
  deleteNode: z.unknown().optional(),
  create: z.unknown().optional(),
});

const node = z.object({
  name: z.string(),
  outcome: z.string(),
  cordonedAt: nullableSeconds,
  drainedAt: nullableSeconds,
  refusals: z.number(),
});

const workload = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  minReady: z.number(),
  outageSeconds: z.number(),
  degradedSeconds: z.number(),
  moves: z.number(),
});

const summary = z.object({
  durationSeconds: z.number(),
  nodes: z.array(node),
  workloads: z.array(workload),
  pending: z.object({ peak: z.number(), podSeconds: z.number() }),
  neverScheduled: z.array(z.unknown()),
});

const event = z.object({ t: z.number(), cause: z.string().nullish(), node: z.string().nullish() });

const run = z.object({
  startedAt: z.string().optional(),
  note: z.string().optional(),
  objects: z.array(z.unknown()),
  events: z.array(event).default([]),
  summary,
});

const volumeTiming = z.object({
  attachSeconds: seconds.default(0),
  detachSeconds: seconds.default(0),
  provisionSeconds: seconds.default(0.3),
  unmountSeconds: seconds.default(0),
  reportSeconds: seconds.default(0),
});

/** What is read of a recorded roll; of its events only what a run leaves behind for the next one. */
export const rollTrace = z.object({
  format: z.literal(ROLL_TRACE),
  name: z.string(),
  describes: z.string().default(''),
  kubernetesVersion: z.string(),
  timing: z.object({
    workloads: z.record(z.string(), workloadTiming),
    resetSeconds: z.union([seconds, z.record(z.string(), seconds.nullable())]),
    volumes: volumeTiming.optional(),
  }),
  roll: z.object({
    pacing: z.enum(['serial', 'barrier', 'window']),
    maxUnavailable: z.int().min(1),
    order: z.array(z.string()).min(1),
    drain: z.array(z.string()),
    nodeObject: z.enum(['kept', 'recreated', 'recreatedCordoned']),
    onDrainTimeout: z.enum(['failNode', 'forceDelete']),
  }),
  disturbances: z.array(disturbance).nullish(),
  runs: z.array(run).min(1),
});

export type RollTrace = z.output<typeof rollTrace>;
export type TraceRun = RollTrace['runs'][number];
export type TraceDisturbance = z.output<typeof disturbance>;
/** What the recording says of one run; times in seconds from the first cordon. */
export type TraceSummary = z.output<typeof summary>;
