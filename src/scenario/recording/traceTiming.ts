import type { Labels } from '../../cluster/LabelSelector.ts';
import type { Distribution } from '../../sim/Distribution.ts';
import { seconds, ZERO } from '../../units.ts';
import type { PodTiming, PodTimingMatch, Timing, VolumeTimes } from '../Scenario.ts';
import type { RollTrace, TraceRun } from './RollTrace.ts';

/**
 * How long things took in a recording: resets by node, pods by workload. Annotations `trace/…-seconds` of a pod template take precedence
 * over what the trace says of its workload, because a roll-out may have changed them. They are all that is known of a workload which was
 * created during the roll.
 */
export function traceTiming({ timing, roll, disturbances }: RollTrace, { objects }: TraceRun): Timing {
  const { workloads, resetSeconds, volumes } = timing;
  const annotations = annotationsIn([disturbances, ...objects]);
  const resetOf = (name: string) => (typeof resetSeconds === 'number' ? resetSeconds : name in resetSeconds ? resetSeconds[name] : 0);
  return {
    nodes: [
      ...roll.order.map((name) => ({ match: { names: [name] }, reset: constant(resetOf(name)), origin: 'measured' as const })),
      { match: {}, reset: constant(0), origin: 'default' },
    ],
    pods: [
      ...Object.entries(workloads).flatMap(([workload, given]) => annotatedTimings(annotations, { workload }, given)),
      ...Object.entries(workloads).map(([workload, given]) => podTiming({ workload }, given)),
      ...annotatedTimings(annotations, {}, UNLISTED),
      { ...podTiming({}, UNLISTED), origin: 'default' },
    ],
    images: undefined,
    ...(volumes ? { volumes: volumeTimes(volumes) } : {}),
  };
}

/** The recorded node reports a volume as in use at once, and as unmounted some time after the pod is gone. */
function volumeTimes(given: NonNullable<RollTrace['timing']['volumes']>): VolumeTimes {
  return {
    attach: constant(given.attachSeconds),
    detach: constant(given.detachSeconds),
    provision: constant(given.provisionSeconds),
    unmount: constant(given.unmountSeconds),
    report: { kind: 'after', delay: seconds(given.reportSeconds) },
  };
}

type WorkloadTiming = RollTrace['timing']['workloads'][string];

function podTiming(match: PodTimingMatch, given: WorkloadTiming): PodTiming {
  return {
    match,
    start: constant(given.startSeconds),
    ready: constant(given.readySeconds),
    ...(typeof given.completeSeconds === 'number' ? { complete: constant(given.completeSeconds) } : {}),
    exit: constant(given.exitSeconds),
    origin: 'measured',
  };
}

/** `null` and nothing mean never. */
function constant(value: number | null | undefined): Distribution {
  return typeof value === 'number' ? { kind: 'constant', value: seconds(value) } : { kind: 'constant', value: ZERO, never: 1 };
}

/** What a fake kubelet does with pods that are not annotated. */
const UNLISTED: WorkloadTiming = { startSeconds: 0, readySeconds: 2, exitSeconds: 1 };

/** One entry for each of `sets` that changes the `given` times of the pods that `match`. */
function annotatedTimings(sets: readonly Labels[], match: PodTimingMatch, given: WorkloadTiming): PodTiming[] {
  return sets.flatMap((annotations) => {
    const timing = annotated(given, annotations);
    return isSame(given, timing) ? [] : [podTiming({ ...match, annotations }, timing)];
  });
}

/** Each set of `trace/` annotations below `objects` once. A set that is part of another one comes after it, for the first match counts. */
function annotationsIn(objects: readonly unknown[]): Labels[] {
  const found = new Map<string, Labels>();
  for (const object of objects) collectAnnotations(object, found);
  return [...found.values()].sort((a, b) => Object.keys(b).length - Object.keys(a).length);
}

const FIELDS = {
  'trace/start-seconds': 'startSeconds',
  'trace/ready-seconds': 'readySeconds',
  'trace/exit-seconds': 'exitSeconds',
  'trace/complete-seconds': 'completeSeconds',
} as const;

/** Collects the `trace/` annotations below `value`, each set once. */
function collectAnnotations(value: unknown, found: Map<string, Labels>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'annotations') noteAnnotations(child, found);
    else collectAnnotations(child, found);
  }
}

function noteAnnotations(value: unknown, found: Map<string, Labels>): void {
  if (typeof value !== 'object' || value === null) return;
  const own = Object.entries(value).flatMap(([key, text]) =>
    key.startsWith('trace/') && typeof text === 'string' ? [[key, text] as const] : [],
  );
  if (own.length > 0) found.set(JSON.stringify(own), Object.fromEntries(own));
}

function annotated(given: WorkloadTiming, annotations: Labels): WorkloadTiming {
  const changed = Object.entries(FIELDS).flatMap(([key, field]) => {
    const text = annotations[key];
    return text === undefined ? [] : [[field, text === 'never' ? null : Number(text)] as const];
  });
  return { ...given, ...Object.fromEntries(changed) };
}

function isSame(a: WorkloadTiming, b: WorkloadTiming): boolean {
  return Object.values(FIELDS).every((key) => (a[key] ?? null) === (b[key] ?? null));
}
