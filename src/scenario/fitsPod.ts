import type { Labels } from '../cluster/LabelSelector.ts';
import { hasLabels } from './hasLabels.ts';
import type { PodMatch } from './Scenario.ts';

/** Whether every field that `match` gives holds for pods of that namespace and with these labels. */
export function fitsPod({ namespace, labels }: PodMatch, pods: { readonly namespace: string; readonly labels: Labels }): boolean {
  return (namespace ?? pods.namespace) === pods.namespace && hasLabels(pods.labels, labels);
}
