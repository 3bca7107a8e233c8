import { hypershiftReplaceChanges } from '../changes/hypershift.ts';
import type { Preset } from '../Preset.ts';
import { capiMd } from './capiMd.ts';

/**
 * HyperShift: upgrade of a NodePool of upgradeType Replace, which is a MachineDeployment of Cluster API underneath: the rules of `capi-md`.
 * `drain.timeout` is nodeDrainTimeout. The strategy OnDelete and autoRepair are not modelled.
 * @see openshift/hypershift hypershift-operator/controllers/nodepool/capi.go
 */
export const hypershiftReplace: Preset = {
  ...capiMd,
  name: 'hypershift-replace',
  describes: 'HyperShift (OpenShift hosted control planes): upgrade a NodePool by replacing its machines, new ones first',
  changes: hypershiftReplaceChanges,
};
