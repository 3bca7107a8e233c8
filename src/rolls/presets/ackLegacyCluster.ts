import type { Preset } from '../Preset.ts';
import { ackInplace } from './ackInplace.ts';

/** It came before maintenance windows. */
const { maintenance: _, ...withoutWindows } = ackInplace;

/**
 * Alibaba ACK: the earlier upgrade of all nodes of a cluster in place, in batches of 1, 2, 4, 8 and so on up to a tenth of the nodes. After a
 * pause they grow from 1 again.
 * @see Alibaba Cloud ACK documentation, "Upgrade an ACK cluster"
 */
export const ackLegacyCluster: Preset = {
  ...withoutWindows,
  name: 'ack-legacy-cluster',
  describes: 'Alibaba ACK, earlier: upgrade a cluster in place, in batches of 1, 2, 4 … while pods keep running',
  maxUnavailable: { min: 1, max: 1000, percent: 'floor', percentOf: 'cluster', fallback: '10%' },
  knobs: { ...ackInplace.knobs, pacing: { kind: 'ramp', first: 1, factor: 2 } },
};
