import type { Labels } from '../cluster/LabelSelector.ts';

/** Whether `labels` has each of `wanted`; of nothing wanted it has everything. */
export function hasLabels(labels: Labels, wanted: Labels = {}): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
