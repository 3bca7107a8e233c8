import type { Attempt } from '../../scheduler/Scheduler.ts';
import type { SchedulingOutcome } from '../RunResult.ts';
import type { EventLog } from './EventLog.ts';
import type { PodLog } from './PodLog.ts';

/** Counts scheduling attempts and keeps the messages of those that failed. */
export class AttemptLog {
  decisions = 0;
  failed = 0;
  preemptions = 0;
  private readonly byMessage = new Map<string, { attempts: number; readonly pods: Set<string> }>();
  private readonly pods: PodLog | undefined;
  private readonly events: EventLog | undefined;

  constructor(pods: PodLog | undefined, events: EventLog | undefined) {
    this.pods = pods;
    this.events = events;
  }

  attempted({ pod, decision, number, wokenBy }: Attempt): void {
    this.decisions += 1;
    if (decision.kind === 'bound') return;
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
