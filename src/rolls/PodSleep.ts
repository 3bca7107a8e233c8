import type { ClusterChange } from '../cluster/ClusterChange.ts';
import type { Pod } from '../cluster/Pod.ts';
import { type EventId, NO_EVENT } from '../sim/EventQueue.ts';
import type { Clock, Wait } from '../sim/Process.ts';
import type { Instant } from '../units.ts';
import type { Drain } from './Drain.ts';

/** A wait for something to happen to one pod of a drain; it is over at once when the drain ends. */
export abstract class PodSleep implements Wait {
  protected readonly drain: Drain;
  readonly pod: Pod;
  private clock: Clock | undefined;
  private name = '';
  private resume: () => void = () => {};
  private event: EventId = NO_EVENT;

  constructor(drain: Drain, pod: Pod) {
    this.drain = drain;
    this.pod = pod;
  }

  arm(clock: Clock, name: string, resume: () => void): () => void {
    this.clock = clock;
    this.name = name;
    this.resume = resume;
    this.drain.sleepers.add(this);
    this.drain.context.watch.follow(this);
    this.begin();
    return () => this.leave();
  }

  /** Name of the process that waits. */
  protected get entity(): string {
    return this.name;
  }

  /** Whether nothing has woken it yet. */
  get isAsleep(): boolean {
    return this.event === NO_EVENT;
  }

  /** The drain has ended, whatever became of the pod. */
  drainEnded(): void {
    this.clock?.callOff(this.event);
    this.goOnAt(this.drain.context.sim.now);
  }

  abstract onPodChange(kind: ClusterChange['kind']): void;

  /** The wait begins. */
  protected begin(): void {}

  /** The wait is over, or was called off. */
  protected leave(): void {
    this.clock?.callOff(this.event);
    this.drain.sleepers.delete(this);
    this.drain.context.watch.unfollow(this);
  }

  /** Lets the process go on at `at`. */
  protected goOnAt(at: Instant): void {
    const goOn = () => {
      this.leave();
      this.resume();
      this.wentOn();
    };
    this.event = this.clock?.wake(goOn, this.name, at, 'foreground') ?? NO_EVENT;
  }

  /** The process has gone on and waits for something else by now, or has returned. */
  protected wentOn(): void {}
}
