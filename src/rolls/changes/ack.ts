import type { ChangeTable } from '../ChangeTable.ts';

/**
 * Edits of a managed node pool of Alibaba ACK that an update with system disks replaced applies: nodes are set up again from the pool.
 * @see Alibaba Cloud ACK documentation, "Update a node pool", API UpgradeClusterNodepool
 */
export const ackChanges: ChangeTable = {
  fields: {
    kubernetesVersion: 'roll',
    osImage: 'roll',
    containerRuntime: 'roll',
    kubeletConfig: 'roll',
    login: 'roll',
    labels: 'roll',
    taints: 'roll',
  },
};

/** Those that an update in place applies. */
export const ackInplaceChanges: ChangeTable = {
  fields: { kubernetesVersion: 'roll', containerRuntime: 'roll', kubeletConfig: 'roll' },
};
