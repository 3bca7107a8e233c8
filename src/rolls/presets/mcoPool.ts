import { mco } from '../drains/mco.ts';
import type { Preset } from '../Preset.ts';
import { hypershiftInplace } from './hypershiftInplace.ts';

/**
 * OpenShift: update of a MachineConfigPool by the Machine Config Operator.
 *
 * A sliding window, zone after zone and the oldest nodes first; a percentage of the pool is rounded down, to one node at least. Every node of the
 * pool that is not Ready or cordoned, for whatever reason, uses up a place and is passed over itself. A node that does not come back keeps its
 * place for ever, and with it perhaps the roll. Each node is cordoned, drained, updated, rebooted and uncordoned; nothing is wiped. Changes that
 * need neither drain nor reboot are `drain: {mode: none}, cordon: none, machine: keepsRunning`.
 * @see openshift/machine-config-operator pkg/controller/node/node_controller.go (getAllCandidateMachines, sortNodeList, maxUnavailable)
 */
export const mcoPool: Preset = {
  name: 'mco-pool',
  describes: 'OpenShift Machine Config Operator: update a MachineConfigPool in place, counting nodes that are away for other reasons',
  maxUnavailable: hypershiftInplace.maxUnavailable,
  knobs: {
    ...hypershiftInplace.knobs,
    budgetAccounting: 'unreadyOrCordoned',
    drain: mco.plan,
    order: 'zoneThenOldest',
    failure: { ...hypershiftInplace.knobs.failure, then: 'continue' },
  },
};
