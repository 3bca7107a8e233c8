import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import type { HorizontalPodAutoscaler } from '../cluster/HorizontalPodAutoscaler.ts';
import { type Workload, workloadKey } from '../cluster/Workload.ts';
import { demandFor } from './demandFor.ts';
import type { Reading } from './Reading.ts';
import type { Demand, NotModelled } from './Scenario.ts';

/**
 * Says which autoscalers have no effect: those whose workload has no demand or that go by other metrics than CPU are not modelled, one
 * whose workload is not there is warned of.
 */
export function checkAutoscalers(reading: Reading, { autoscalers, workloads }: ClusterObjects, demand: readonly Demand[]): void {
  const targets = new Map(workloads.map((workload) => [workloadKey(workload), workload]));
  const targetOf = ({ namespace, target }: HorizontalPodAutoscaler) => targets.get(workloadKey({ namespace, ...target }));
  for (const autoscaler of autoscalers) if (!isScalable(targetOf(autoscaler))) warnOfTarget(reading, autoscaler);
  const working = autoscalers.filter((autoscaler) => hasDemand(demand, targetOf(autoscaler)));
  noteAll(reading, autoscalers.length - working.length, {
    what: 'HorizontalPodAutoscaler without demand for its workload: replica counts stay as they are',
    direction: 'pessimistic',
  });
  const partly = working.filter(({ cpu, otherMetrics }) => cpu === undefined || otherMetrics.length > 0);
  const names = [...new Set(partly.flatMap(({ otherMetrics }) => otherMetrics))].sort();
  noteAll(reading, partly.length, {
    what: `HorizontalPodAutoscaler metrics other than CPU: ${names.join(', ')}`,
    direction: 'pessimistic',
  });
}

function isScalable(workload: Workload | undefined): boolean {
  return workload !== undefined && 'replicas' in workload;
}

function warnOfTarget(reading: Reading, { namespace, name, target }: HorizontalPodAutoscaler): void {
  reading.warnings.push({
    code: 'AUTOSCALER_WITHOUT_TARGET',
    severity: 'warning',
    object: `HorizontalPodAutoscaler/${namespace}/${name}`,
    message: `scales ${target.kind}/${namespace}/${target.name}, which is not there or has no replicas to set`,
    hint: 'compare scaleTargetRef with the workloads of the namespace',
  });
}

function hasDemand(demand: readonly Demand[], workload: Workload | undefined): boolean {
  return workload !== undefined && demandFor(demand, { ...workload, labels: workload.template.labels }) !== undefined;
}

function noteAll(reading: Reading, count: number, { what, direction }: NotModelled): void {
  if (count > 0) reading.notModelled.push({ what: `${what} (${count})`, direction });
}
