import type { Labels } from '../cluster/LabelSelector.ts';
import type { Demand } from './Scenario.ts';

/** A workload with the labels of its pods. */
export interface LoadedWorkload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
}

/** The demand on `workload`: the first entry whose match holds for it. */
export function demandFor(demand: readonly Demand[], workload: LoadedWorkload): Demand | undefined {
  return demand.find(({ match }) => fits(match, workload));
}

function fits({ kind, namespace, name, labels = {} }: Demand['match'], workload: LoadedWorkload): boolean {
  const isNamed =
    (kind ?? workload.kind) === workload.kind &&
    (namespace ?? workload.namespace) === workload.namespace &&
    (name ?? workload.name) === workload.name;
  return isNamed && Object.entries(labels).every(([key, value]) => workload.labels[key] === value);
}
