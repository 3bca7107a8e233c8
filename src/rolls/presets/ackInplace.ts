import { ackInplaceChanges } from '../changes/ack.ts';
import { ack } from '../drains/ack.ts';
import type { Preset } from '../Preset.ts';
import { wipePlans } from '../wipePlans.ts';
import { ackReplace } from './ackReplace.ts';

/**
 * Alibaba ACK: update of a node pool in place, for kubelet and containerd: nothing is cordoned, drained or wiped, and pods keep running.
 *
 * From Docker to containerd nodes are drained: `cordon: perNode, drain: {mode: evict}`. When an update that does not end counts as failed is not
 * published: an hour is an assumption. The API that updates components takes any break between batches, in seconds.
 * @see Alibaba Cloud ACK documentation, "Update a node pool"
 */
export const ackInplace: Preset = {
  ...ackReplace,
  name: 'ack-inplace',
  interval: undefined,
  describes: 'Alibaba ACK: update kubelet or containerd in place, in batches, while pods keep running',
  knobs: {
    ...ackReplace.knobs,
    replacement: 'inplace',
    machine: 'keepsRunning',
    cordon: 'none',
    drain: { ...ack.plan, mode: 'none' },
    wipe: wipePlans.inplace,
  },
  changes: ackInplaceChanges,
};
