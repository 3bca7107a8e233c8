import { minutes } from '../../units.ts';
import type { ChangeTable } from '../ChangeTable.ts';

/**
 * Edits of a node pool of Huawei CCE and Open Telekom Cloud. Tags, labels and taints reach existing nodes by themselves, typically within 10
 * minutes, where the pool is set to synchronize them: without that they are `{field: labels, class: roll}`.
 * @see Open Telekom Cloud CCE user guide, "Updating a Node Pool", "Synchronizing Node Pools"
 */
export const cceChanges: ChangeTable = {
  within: minutes(10),
  fields: {
    resourceTags: 'auto',
    labels: 'auto',
    taints: 'auto',
    containerEngine: 'roll',
    osImage: 'roll',
    kernel: 'roll',
    securityHardening: 'roll',
    preInstall: 'roll',
    postInstall: 'roll',
    login: 'roll',
    systemComponents: 'roll',
    systemDiskEncryption: 'roll',
    systemDisk: 'newNodesOnly',
    dataDisks: 'newNodesOnly',
    dataDiskAllocation: 'newNodesOnly',
    dataDiskEncryption: 'newNodesOnly',
    agency: 'newNodesOnly',
    namePrefix: 'newNodesOnly',
    nameSuffix: 'newNodesOnly',
    flavor: 'forbidden',
  },
};

/** The same up to 2023, when edits of tags needed a reset too. */
export const cceChanges2023: ChangeTable = { ...cceChanges, fields: { ...cceChanges.fields, resourceTags: 'roll' } };
