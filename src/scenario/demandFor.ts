import { fitsWorkload, type LabelledWorkload } from './fitsWorkload.ts';
import type { Demand } from './Scenario.ts';

/** The demand on `workload`: the first entry whose match holds for it. */
export function demandFor(demand: readonly Demand[], workload: LabelledWorkload): Demand | undefined {
  return demand.find(({ match }) => fitsWorkload(match, workload));
}
