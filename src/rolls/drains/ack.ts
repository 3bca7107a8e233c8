import { minutes } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';
import { managedDrain } from '../managedDrain.ts';

/**
 * A system disk replacement of an Alibaba ACK node pool: 30 minutes under budgets, then the task stops and the node is left as it is. Up to
 * 2021 it was 15 minutes and then by force: `timeout: 15m, onTimeout: force`.
 * @see Alibaba Cloud ACK documentation, "Update a node pool"; the pause between attempts is not published
 */
export const ack: DrainKind = {
  name: 'ack',
  describes: 'Alibaba ACK: 30 minutes under budgets, then the task stops',
  plan: managedDrain({ kind: 'ack', timeout: minutes(30), onTimeout: 'failRoll' }),
};
