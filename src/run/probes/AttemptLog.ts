import type { FailedAttempt } from '../../scheduler/Attempt.ts';
import type { Scheduler } from '../../scheduler/Scheduler.ts';
import type { SchedulingOutcome } from '../RunResult.ts';
import { aboutPod } from './clusterEvent.ts';
import type { EventLog } from './EventLog.ts';
import type { PodLog } from './PodLog.ts';

/** How often one message was given, and for which pods. */
interface MessageCount {
  readonly message: string;
  attempts: number;
  readonly pods: Set<string>;
}

/** Counts scheduling attempts from its creation on, and keeps the messages of those that failed. Must be told of these. */
export class AttemptLog {
  failed = 0;
  preemptions = 0;
  private readonly byMessage = new Map<string, MessageCount>();
  private readonly scheduler: Scheduler;
  private readonly decisionsBefore: number;
  private readonly pods: PodLog | undefined;
  private readonly events: EventLog | undefined;

  constructor(scheduler: Scheduler, pods: PodLog | undefined, events: EventLog | undefined) {
    this.scheduler = scheduler;
    this.decisionsBefore = scheduler.decisions;
    this.pods = pods;
    this.events = events;
  }

  /** How many attempts there were, failed ones included. */
  get decisions(): number {
    return this.scheduler.decisions - this.decisionsBefore;
  }

  /** Takes note of an attempt that failed. */
  note({ pod, decision, number, wokenBy }: FailedAttempt): void {
    this.failed += 1;
    if (decision.kind === 'unschedulable' && decision.victims.length > 0) this.preemptions += 1;
    const count = this.countOf(decision.message);
    count.attempts += 1;
    count.pods.add(pod.key);
    this.pods?.failed(pod, count.message);
    this.events?.add('failedScheduling', aboutPod(pod), { message: count.message, attempt: number, wokenBy });
  }

  /** A message is kept once: most attempts fail like others before them. */
  private countOf(message: string): MessageCount {
    const known = this.byMessage.get(message);
    if (known) return known;
    const count = { message, attempts: 0, pods: new Set<string>() };
    this.byMessage.set(message, count);
    return count;
  }

  /** Messages of FailedScheduling, most attempts first. */
  reasons(): SchedulingOutcome['reasons'] {
    return [...this.byMessage.values()]
      .map(({ message, attempts, pods }) => ({ message, attempts, pods: pods.size }))
      .sort((a, b) => b.attempts - a.attempts || (a.message < b.message ? -1 : 1));
  }
}
