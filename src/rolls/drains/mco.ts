import { minutes } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';
import { hypershift } from './hypershift.ts';

/**
 * The drain of OpenShift's Machine Config Operator, after which HyperShift's was made: kubectl's drain for 90 s, and again a minute later.
 *
 * An attempt that ends more than 10 minutes after the first one began is followed by 5 minutes of rest. After an hour there is an alert
 * (MCCDrainError), and the drain goes on. A node that somebody uncordons meanwhile is cordoned again, which is not modelled.
 * @see openshift/machine-config-operator pkg/controller/drain/drain_controller.go (DefaultConfig)
 */
export const mco: DrainKind = {
  name: 'mco',
  describes: 'OpenShift Machine Config Operator: attempts of 90 s, after 10 minutes less often, without limit; an alert after 1h',
  plan: {
    ...hypershift.plan,
    kind: 'mco',
    slowAttempts: { after: minutes(10), pause: minutes(5) },
    alertAfter: minutes(60),
  },
};
