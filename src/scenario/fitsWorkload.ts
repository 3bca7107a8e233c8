import type { Labels } from '../cluster/LabelSelector.ts';
import { hasLabels } from './hasLabels.ts';
import type { WorkloadMatch } from './Scenario.ts';

/** A workload or a bare pod, with the labels of its pods. */
export interface LabelledWorkload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
}

/** Whether every field that `match` gives holds for `workload`. */
export function fitsWorkload({ kind, namespace, name, labels }: WorkloadMatch, workload: LabelledWorkload): boolean {
  const isNamed =
    (kind ?? workload.kind) === workload.kind &&
    (namespace ?? workload.namespace) === workload.namespace &&
    (name ?? workload.name) === workload.name;
  return isNamed && hasLabels(workload.labels, labels);
}
