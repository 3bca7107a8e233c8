import type { ChangeTable } from '../ChangeTable.ts';

/**
 * Edits of a HyperShift NodePool of upgradeType InPlace. Labels and taints are given to Machines at once, but a Node takes them from its Machine
 * only once, when it is new. The machine template of the platform too is for machines to come. Sizes and time-outs need no roll.
 * @see openshift/hypershift api/hypershift/v1beta1/nodepool_types.go, hypershift-operator/controllers/nodepool/capi.go
 */
export const hypershiftInplaceChanges: ChangeTable = {
  fields: {
    release: 'roll',
    config: 'roll',
    tuningConfig: 'roll',
    pullSecret: 'roll',
    additionalTrustBundle: 'roll',
    imageContentSources: 'roll',
    proxy: 'roll',
    imageConfig: 'roll',
    labels: 'newNodesOnly',
    taints: 'newNodesOnly',
    ami: 'newNodesOnly',
    instanceType: 'newNodesOnly',
    instanceProfile: 'newNodesOnly',
    subnet: 'newNodesOnly',
    securityGroups: 'newNodesOnly',
    rootVolume: 'newNodesOnly',
    placement: 'newNodesOnly',
    replicas: 'auto',
    autoScaling: 'auto',
    autoRepair: 'auto',
    maxUnavailable: 'auto',
    nodeDrainTimeout: 'auto',
    nodeVolumeDetachTimeout: 'auto',
    upgradeType: 'forbidden',
  },
};

/**
 * Edits of a HyperShift NodePool of upgradeType Replace: an edit of the machine template too makes new machines. Labels and taints alone do not,
 * but machines that are made have them.
 */
export const hypershiftReplaceChanges: ChangeTable = {
  fields: {
    ...hypershiftInplaceChanges.fields,
    ami: 'roll',
    instanceType: 'roll',
    instanceProfile: 'roll',
    subnet: 'roll',
    securityGroups: 'roll',
    rootVolume: 'roll',
    placement: 'roll',
    maxSurge: 'auto',
  },
};
