import type { FailedAttempt } from '../../scheduler/Attempt.ts';
import type { Scheduler } from '../../scheduler/Scheduler.ts';
import type { SchedulingOutcome } from '../RunResult.ts';
import type { EventLog } from './EventLog.ts';
import type { PodLog } from './PodLog.ts';

/** Counts scheduling attempts from its making on, and keeps the messages of those that failed. Has to be told of these. */
export class AttemptLog {
  failed = 0;
  preemptions = 0;
  private readonly byMessage = new Map<string, { attempts: number; readonly pods: Set<string> }>();
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
    this.pods?.failed(pod, decision.message);
    this.events?.add('failedScheduling', `Pod/${pod.key}`, { message: decision.message, attempt: number, wokenBy });
    const count = this.byMessage.get(decision.message) ?? { attempts: 0, pods: new Set() };
    count.attempts += 1;
    count.pods.add(pod.key);
    this.byMessage.set(decision.message, count);
  }

  /** Messages of FailedScheduling, most attempts first. */
  reasons(): SchedulingOutcome['reasons'] {
    return [...this.byMessage]
      .map(([message, { attempts, pods }]) => ({ message, attempts, pods: pods.size }))
      .sort((a, b) => b.attempts - a.attempts || (a.message < b.message ? -1 : 1));
  }
}
