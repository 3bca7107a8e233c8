import { minutes } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';
import { managedDrain } from '../managedDrain.ts';

/**
 * The drain before a node reset of Huawei CCE: evictions under budgets for an unpublished time (15 minutes is an assumption), then by
 * force.
 * @see Open Telekom Cloud CCE user guide, "Resetting a Node"
 */
export const cce: DrainKind = {
  name: 'cce',
  describes: 'Huawei CCE / Open Telekom Cloud: under budgets for some time, then by force',
  plan: managedDrain({ kind: 'cce', timeout: minutes(15), onTimeout: 'force' }),
};
