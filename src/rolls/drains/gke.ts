import { minutes } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';
import { managedDrain } from '../managedDrain.ts';

/**
 * A node upgrade of Google Kubernetes Engine: budgets and grace periods are honoured for an hour, then the rest is killed.
 * @see Google Kubernetes Engine documentation, "Node upgrade strategies"; the pause between attempts is not published
 */
export const gke: DrainKind = {
  name: 'gke',
  describes: 'Google Kubernetes Engine: an hour under budgets, then by force',
  plan: managedDrain({ kind: 'gke', timeout: minutes(60), onTimeout: 'force' }),
};
