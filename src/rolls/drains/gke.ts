import { minutes, seconds, ZERO } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';

/**
 * A node upgrade of Google Kubernetes Engine: budgets and grace periods are honoured for an hour, then the rest is killed.
 * @see Google Kubernetes Engine documentation, "Node upgrade strategies"; the pause between attempts is not published
 */
export const gke: DrainKind = {
  name: 'gke',
  describes: 'Google Kubernetes Engine: an hour under budgets, then by force',
  plan: {
    kind: 'gke',
    mode: 'evict',
    timeout: minutes(60),
    retry: seconds(5),
    onTimeout: 'force',
    givesUp: 'atDeadline',
    pods: { unmanaged: 'evict', emptyDir: 'evict', daemonSets: 'ignore' },
    podSelector: undefined,
    gracePeriodSeconds: undefined,
    poll: ZERO,
    conflictPause: ZERO,
    client: undefined,
  },
};
