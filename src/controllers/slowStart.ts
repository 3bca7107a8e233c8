/** What one round of creations came to. */
export interface SlowStart {
  /** Sizes of the batches that were tried, in order. */
  readonly batches: readonly number[];
  readonly created: number;
  readonly failed: number;
  /** Creations that were never tried, because a batch before them had a failure. */
  readonly left: number;
}

/** Creations of one sync at most. */
export const BURST = 500;

/**
 * Creates `missing` pods (at most {@link BURST}) in batches of 1, 2, 4, 8 …; a batch with a failure is finished and is the last one.
 * `create` tells whether it made a pod.
 * @see kubernetes/kubernetes pkg/controller/replicaset/replica_set.go (slowStartBatch)
 */
export function slowStart(missing: number, create: () => boolean): SlowStart {
  const wanted = Math.min(missing, BURST);
  const batches: number[] = [];
  let [created, failed] = [0, 0];
  for (let size = 1; created < wanted && failed === 0; size *= 2) {
    const batch = Math.min(size, wanted - created);
    batches.push(batch);
    for (let one = 0; one < batch; one += 1) {
      if (create()) created += 1;
      else failed += 1;
    }
  }
  return { batches, created, failed, left: wanted - created - failed };
}
