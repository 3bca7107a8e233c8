import type { QueuedPod, WaitingPlace } from './QueuedPod.ts';

/**
 * Pods that wait for an event that could help them, by the plugins that refused them.
 *
 * Iteration goes from the pod that was refused first to the one refused last.
 */
export class UnschedulablePods {
  private readonly place: WaitingPlace;
  private readonly all = new Set<QueuedPod>();
  private readonly byPlugin = new Map<string, Set<QueuedPod>>();

  constructor(place: WaitingPlace) {
    this.place = place;
  }

  /** Every pod, oldest refusal first. */
  [Symbol.iterator](): Iterator<QueuedPod> {
    return this.all.values();
  }

  get isEmpty(): boolean {
    return this.all.size === 0;
  }

  /** The pod that was refused first. */
  get oldest(): QueuedPod | undefined {
    return this.isEmpty ? undefined : this.all.values().next().value;
  }

  add(queued: QueuedPod): void {
    queued.place = this.place;
    this.all.add(queued);
    for (const plugin of queued.rejectedBy) {
      const refused = this.byPlugin.get(plugin);
      if (refused) refused.add(queued);
      else this.byPlugin.set(plugin, new Set([queued]));
    }
  }

  remove(queued: QueuedPod): void {
    if (!this.all.delete(queued)) return;
    queued.place = 'nowhere';
    for (const plugin of queued.rejectedBy) this.byPlugin.get(plugin)?.delete(queued);
  }

  /** The pods that `plugin` refused. */
  refusedBy(plugin: string): ReadonlySet<QueuedPod> {
    return this.byPlugin.get(plugin) ?? NONE;
  }
}

const NONE: ReadonlySet<QueuedPod> = new Set();
