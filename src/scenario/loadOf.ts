import type { Workload } from '../cluster/Workload.ts';
import type { Instant } from '../units.ts';
import { demandFor } from './demandFor.ts';
import { hourOfWeek } from './hoursOfWeek.ts';
import type { Scenario } from './Scenario.ts';

/** The demand on `workload` at `at`, as the number of replicas that it would keep fully busy; undefined without a curve. */
export function loadOf({ demand, start }: Pick<Scenario, 'demand' | 'start'>, workload: Workload, at: Instant): number | undefined {
  const entry = demandFor(demand, { ...workload, labels: workload.template.labels });
  return entry && (entry.requestsPerSecond[hourOfWeek(start, at)] ?? 0) / entry.perReplica;
}
