import type { Attempt } from '../../src/scheduler/Attempt.ts';
import { type Comparison, compared } from './Comparison.ts';
import type { QueueEvent, QueueTrace } from './queue/QueueTrace.ts';
import { QueueWorld } from './queue/QueueWorld.ts';

/**
 * Replays one recording of the scheduling queue and compares the order of all attempts, and of each attempt its time (within 0.1 s, after
 * a flush 30 s) and its result; at the end the pods that still wait.
 */
export function replayQueue(recording: unknown, file: string): Comparison[] {
  const trace = recording as QueueTrace;
  const world = new QueueWorld(trace);
  const recorded = recordedAttempts(trace.events);
  const order = compared(
    { file, step: 'all', what: 'order of attempts' },
    recorded.map(({ pod }) => pod),
    world.attempts.map(({ pod }) => pod.name),
  );
  return [order, ...attempts(recorded, world, file), pendingAtEnd(trace, world, file)];
}

interface RecordedAttempt {
  readonly pod: string;
  readonly t: number;
  /** Number of the attempt of pods of this name, from 1: one may be created after another has gone. */
  readonly number: number;
  readonly wokenBy: string | undefined;
  readonly result: QueueEvent | undefined;
}

function recordedAttempts(events: readonly QueueEvent[]): RecordedAttempt[] {
  const counts = new Map<string, number>();
  return events.flatMap((event, index) => {
    if (event.what !== 'attempt') return [];
    const { pod, t } = event;
    const number = (counts.get(pod) ?? 0) + 1;
    counts.set(pod, number);
    const result = events.slice(index).find((later) => later.pod === pod && (later.what === 'failed' || later.what === 'bound'));
    const wokenBy = events.slice(0, index).findLast((earlier) => earlier.pod === pod && earlier.what === 'moved')?.event;
    return [{ pod, t, number, wokenBy, result }];
  });
}

function attempts(recorded: readonly RecordedAttempt[], world: QueueWorld, file: string): Comparison[] {
  return recorded.flatMap((attempt) => {
    const step = `attempt ${attempt.number} of ${attempt.pod}`;
    const actual = world.attempts.filter(({ pod }) => pod.name === attempt.pod)[attempt.number - 1];
    const about = { file, step };
    return [timeOf(attempt, actual, about), compared({ ...about, what: 'result' }, recordedResult(attempt, world), resultOf(actual))];
  });
}

function timeOf({ t, wokenBy }: RecordedAttempt, actual: Attempt | undefined, about: { file: string; step: string }): Comparison {
  const tolerance = wokenBy === 'UnschedulableTimeout' ? 30 : 0.1;
  const at = actual && actual.at / 1000;
  const equal = at !== undefined && Math.abs(at - t) <= tolerance;
  return { ...about, what: 'time', equal, expected: `${t} within ${tolerance}`, actual: String(at) };
}

function recordedResult({ result }: RecordedAttempt, world: QueueWorld): string {
  if (result?.what !== 'bound') return result?.message ?? '';
  const node = result.node ?? '';
  return `bound to ${world.swapped.get(node) ?? node}`;
}

function resultOf(attempt: Attempt | undefined): string {
  if (!attempt) return 'no attempt';
  const { decision } = attempt;
  return decision.kind === 'bound' ? `bound to ${decision.node}` : decision.message;
}

function pendingAtEnd({ pendingAtEnd: expected }: QueueTrace, { scheduler }: QueueWorld, file: string): Comparison {
  const actual = [...scheduler.pending].map((pod) => ({ pod: pod.name, message: scheduler.lastMessage(pod) ?? '' }));
  const lines = (pods: readonly { readonly pod: string; readonly message: string }[]) =>
    pods.map(({ pod, message }) => `${pod}: ${message}`).sort();
  return compared({ file, step: 'end', what: 'pending' }, lines(expected), lines(actual));
}
