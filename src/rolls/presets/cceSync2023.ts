import { cceChanges2023 } from '../changes/cce.ts';
import type { Preset } from '../Preset.ts';
import { cceSync } from './cceSync.ts';

/**
 * {@link cceSync} as it was up to 2023: edits of resource tags reach existing nodes only by a reset.
 * @see Open Telekom Cloud CCE user guide (2023), "Synchronizing Node Pools"
 */
export const cceSync2023: Preset = {
  ...cceSync,
  name: 'cce-sync-2023',
  describes: 'Huawei CCE / Open Telekom Cloud up to 2023: the same, with resource tags among the changes that need a reset',
  changes: cceChanges2023,
};
