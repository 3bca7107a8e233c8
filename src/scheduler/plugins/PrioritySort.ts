/**
 * Orders the queue: higher priority first, then the one that waits longer.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/queuesort/priority_sort.go
 */
export const PrioritySort = {
  name: 'PrioritySort',
  /** Negative when `a` goes before `b`; `since` is when the pod entered the queue last. */
  compare(a: QueuePosition, b: QueuePosition): number {
    return b.priority - a.priority || a.since - b.since;
  },
} as const;

interface QueuePosition {
  readonly priority: number;
  readonly since: number;
}
