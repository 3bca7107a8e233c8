import { z } from 'zod';
import { CHANGE_CLASSES } from '../../rolls/ChangeTable.ts';
import { NODE_ORDERS } from '../../rolls/RollPlan.ts';
import { drainKinds, presets } from '../../rolls/registry.ts';
import { closed, refuse } from './closed.ts';
import { duration, durationOrNever } from './duration.ts';
import { maintenance } from './maintenance.ts';
import { labels, taint } from './match.ts';

/** A knob of the common model of node-pool managers that this version does not have. */
const notModelled = z.exactOptional(z.never());

const pacing = z.union([
  z.enum(['barrier', 'ramp', 'window']),
  closed({
    kind: z.exactOptional(z.enum(['barrier', 'ramp', 'window'])),
    soak: z.exactOptional(duration).meta({ description: 'How long a finished node keeps its place while others wait, 0s unless given' }),
    first: z.exactOptional(z.int().min(1)).meta({ description: 'Of a ramp: size of the first batch, 1 unless given' }),
    factor: z.exactOptional(z.int().min(2)).meta({ description: 'Of a ramp: how many times as large each batch is as the one before' }),
    cap: z
      .exactOptional(z.unknown())
      .meta({ type: ['integer', 'string'], description: 'Of a ramp: size of the largest batch, maxUnavailable unless given' }),
    interval: z.exactOptional(duration).meta({ description: 'From the end of a batch to the start of the next one, 0s unless given' }),
    pause: z.exactOptional(z.enum(['none', 'first', 'every'])).meta({ description: 'After which batches somebody has to resume the roll' }),
    resumeAfter: z.exactOptional(duration).meta({ description: 'How long it takes until somebody resumes a roll that pauses' }),
  }),
]);

/** Above zero: to kubectl, HyperShift, Cluster API, kured and the drain of CCE a limit of 0 is none at all, which is written `never` here. */
const limitOrNever = durationOrNever.superRefine((value, context) => {
  if (value === 0) refuse(context, 'must be above 0s', 'write never for no limit, which is what 0 means to kubectl, Cluster API and CCE');
});

const durationAboveZero = duration.superRefine((value, context) => {
  if (value === 0) refuse(context, 'must be above 0s', 'such as 5s');
});

const drain = closed({
  kind: z
    .exactOptional(z.enum([...drainKinds.keys()]))
    .meta({ description: 'Whose way of draining it is; fills in every other knob of the drain that is not given' }),
  mode: z.exactOptional(z.enum(['evict', 'delete', 'none'])),
  timeout: z.exactOptional(limitOrNever),
  exitTimeout: z
    .exactOptional(duration)
    .meta({ description: 'With podByPod: how long pods have to go when all are evicted; timeout counts for that unless given' }),
  retry: z.exactOptional(durationAboveZero),
  retries: z.exactOptional(z.enum(['fullBudget', 'anyRefusal'])).meta({ description: 'Which refusals are tried again' }),
  backoff: z
    .exactOptional(closed({ factor: z.number().min(1), longest: durationAboveZero }))
    .meta({ description: 'How the pause after a refusal grows' }),
  sequence: z.exactOptional(z.enum(['byName', 'criticalLast'])),
  listing: z
    .exactOptional(z.enum(['once', 'untilEmpty']))
    .meta({ description: 'Whether pods that come to the node after the drain has begun are evicted too' }),
  attemptPause: z
    .exactOptional(duration)
    .meta({ description: 'With retryForever: from the time-out of an attempt to the next attempt; without it there is no break' }),
  slowAttempts: z
    .exactOptional(closed({ after: duration, pause: duration }))
    .meta({ description: 'With attemptPause: after attempts that end later than after, the next one begins pause later' }),
  alertAfter: z.exactOptional(duration).meta({ description: 'How long a drain may take before its system raises an alert' }),
  onTimeout: z.exactOptional(z.enum(['force', 'failNode', 'failRoll', 'retryForever'])),
  afterFailure: z
    .exactOptional(z.enum(['keepCordoned', 'uncordon']))
    .meta({ description: 'Whether a node whose drain has failed stays cordoned (unless given) or takes pods again' }),
  pods: z.exactOptional(
    closed({
      unmanaged: z.exactOptional(z.enum(['evict', 'refuseDrain'])),
      emptyDir: z.exactOptional(z.enum(['evict', 'refuseDrain'])),
      daemonSets: z.exactOptional(z.enum(['ignore', 'refuseDrain'])),
      tolerating: z.exactOptional(z.enum(['ignore'])).meta({ description: 'Leave pods alone that tolerate the taint of a cordoned node' }),
    }),
  ),
  poll: z.exactOptional(duration),
  conflictPause: z.exactOptional(duration),
  givesUp: z.exactOptional(z.enum(['atDeadline', 'podByPod'])),
  gracePeriodSeconds: z.exactOptional(z.int().min(0)),
  longestGraceSeconds: z.exactOptional(z.int().min(0)),
  client: z.exactOptional(closed({ qps: z.number().positive(), burst: z.int().min(1) })),
  detachTimeout: notModelled,
});

const wipe = closed({
  systemDisk: z.exactOptional(z.boolean()),
  dataDisks: z.exactOptional(z.boolean()).meta({ description: 'Local volumes lie on them: gives localVolumes too, unless that is given' }),
  imageCache: z.exactOptional(z.boolean()),
  localVolumes: z.exactOptional(z.boolean()),
  localVolumePath: z.exactOptional(z.enum(['missing', 'empty'])).meta({ description: 'What is left where a wiped local volume was' }),
  userLabels: z.exactOptional(z.boolean()),
  userTaints: z.exactOptional(z.boolean()),
});

const shutdown = closed({
  grace: duration.meta({ description: 'shutdownGracePeriod of the kubelet' }),
  critical: z.exactOptional(duration).meta({ description: 'shutdownGracePeriodCriticalPods, the last part of it; 0s unless given' }),
})
  .refine(({ grace, critical = 0 }) => critical <= grace, 'critical is longer than grace')
  .meta({ description: 'Graceful shutdown of a node before its machine goes away; without it pods that the drain leaves are cut off' });

const givenChange = closed({
  field: z.string().min(1).meta({ description: 'Which setting of the pool was changed, such as osImage' }),
  class: z.exactOptional(z.enum(CHANGE_CLASSES)).meta({ description: 'How it reaches nodes, if not as the preset says' }),
  within: z.exactOptional(duration).meta({ description: 'How long one that needs no roll takes to reach nodes' }),
  labels: z.exactOptional(labels).meta({ description: 'Labels that the pool has from now on' }),
  taints: z.exactOptional(z.array(taint)).meta({ description: 'Taints that the pool has from now on' }),
  removes: z.exactOptional(z.array(z.string()).min(1)).meta({ description: 'Keys of labels or taints that it no longer has' }),
}).superRefine(({ field, labels: added, taints, removes }, context) => {
  if (added && field !== 'labels') refuse(context, 'not a change of labels', 'give field: labels', ['labels']);
  if (taints && field !== 'taints') refuse(context, 'not a change of taints', 'give field: taints', ['taints']);
  if (removes && field !== 'labels' && field !== 'taints')
    refuse(context, 'nothing to remove', 'give field: labels or taints', ['removes']);
});

const change = z.union([z.string().min(1), givenChange]);

/** One object of `spec.roll.changes` as checked. */
export type GivenChange = z.output<typeof givenChange>;

/** As CCE takes them: at most two, with names of at most 20 letters and digits. */
const initConditions = z
  .record(z.string(), duration)
  .superRefine((given, context) => {
    const names = Object.keys(given);
    if (names.length > 2) refuse(context, 'at most two conditions', 'leave out those that are true earlier: the latest counts');
    for (const name of names)
      if (!/^[A-Za-z0-9]{1,20}$/.test(name)) refuse(context, 'not the name of a condition', 'at most 20 letters and digits', [name]);
  })
  .meta({ description: 'How long after Ready each condition is true that has to be before pods may come, by its type' });

/**
 * `spec.roll`: which nodes are rolled and how. A `preset` (or the `system` of a `request`) fills in every knob that is not given.
 * `maxUnavailable` is checked against the preset's own rule.
 */
export const roll = closed({
  preset: z.exactOptional(z.string()).meta({ enum: [...presets.keys()] }),
  system: z.exactOptional(z.enum(['cce'])).meta({ description: 'Whose request document it is' }),
  request: z.exactOptional(z.string()).meta({ description: 'File with the request body of the system' }),
  scriptLimit: z
    .exactOptional(z.enum(['together', 'each']))
    .meta({ description: 'Whether the limit on scripts of the request counts both together (unless given) or each by itself' }),
  pool: z.exactOptional(z.string()),
  nodes: z.exactOptional(
    closed({ names: z.exactOptional(z.array(z.string()).min(1)), labels: z.exactOptional(labels) }).refine(
      (given) => Object.keys(given).length > 0,
      'give names, labels or both',
    ),
  ),
  nodeIDs: z.exactOptional(z.record(z.string(), z.string())).meta({ description: 'Node names by the identifiers of the request' }),
  maxUnavailable: z
    .exactOptional(z.unknown())
    .meta({ type: ['integer', 'string'], description: 'A whole number, or a percentage where the preset takes one' }),
  budgetAccounting: z
    .exactOptional(z.enum(['inflight', 'anyUnready', 'unreadyOrCordoned']))
    .meta({ description: 'Which nodes use up maxUnavailable: those that are rolled, or also others of their pools that are away' }),
  replacement: z.exactOptional(z.enum(['reset', 'inplace', 'replace'])).meta({
    description:
      'A reset destroys everything that wipe lists, in place nothing is destroyed, unless wipe says otherwise; replace makes new nodes',
  }),
  machine: z
    .exactOptional(z.enum(['goesAway', 'keepsRunning']))
    .meta({ description: 'Whether the machine and its pods go away for the reset, or keep running while programs on it are replaced' }),
  nodeObject: z.exactOptional(z.enum(['kept', 'recreated', 'recreatedCordoned'])),
  pacing: z.exactOptional(pacing),
  cordon: z.exactOptional(z.enum(['perNode', 'wholePool', 'none'])),
  commandTime: z.exactOptional(duration),
  drain: z.exactOptional(drain),
  pauseAfterDrain: z.exactOptional(duration).meta({ description: 'From the end of the drain to the reset' }),
  shutdown: z.exactOptional(shutdown),
  order: z.exactOptional(z.enum(NODE_ORDERS)),
  gate: z.exactOptional(
    closed({
      minReady: z.exactOptional(duration),
      postInstall: z.exactOptional(duration),
      waitPostInstallFinish: z.exactOptional(z.boolean()),
      initConditions: z.exactOptional(initConditions),
      loadBalancer: notModelled,
    }),
  ),
  failure: z.exactOptional(
    closed({
      readyTimeout: z.exactOptional(limitOrNever),
      then: z.exactOptional(z.enum(['continue', 'stop', 'pause'])),
      retries: z.exactOptional(z.int().min(0)),
      maxFailed: z
        .exactOptional(z.int().min(0))
        .meta({ description: 'How many nodes may fail before the roll stops or pauses; a drain with failRoll stops it all the same' }),
      autoRepair: notModelled,
    }),
  ),
  wipe: z.exactOptional(wipe),
  surge: z.exactOptional(z.unknown()).meta({
    type: ['integer', 'string'],
    description: 'Of a preset that replaces nodes: how many there may be beyond those that are rolled, or a percentage where it takes one',
  }),
  quota: z
    .exactOptional(z.int().min(1))
    .meta({ description: 'Of a preset that replaces nodes: the most nodes at once, those that boot or are being deleted included' }),
  maintenance: z.exactOptional(maintenance),
  changes: z.exactOptional(z.array(change).min(1)),
}).superRefine((given, context) => {
  if (given.preset === undefined && given.system === undefined && given.request === undefined)
    refuse(context, 'missing preset', 'name a preset such as cce-sync', ['preset']);
  if (given.request !== undefined && given.system === undefined)
    refuse(context, 'a request needs the system it is for', 'add system: cce', ['request']);
});

/** `spec.roll` as checked. */
export type GivenRoll = z.output<typeof roll>;
