import { type Workload, workloadKey } from '../cluster/Workload.ts';
import { disputedTargets } from '../controllers/disputedTargets.ts';
import { settledReplicas } from '../controllers/settledReplicas.ts';
import { START } from '../units.ts';
import { loadOf } from './loadOf.ts';
import type { Scenario } from './Scenario.ts';

/** The workloads of a scenario as they are when its roll begins: autoscalers have brought them to the replicas for the demand of that hour. */
export function settledWorkloads(scenario: Scenario): readonly Workload[] {
  const { cluster, kubernetesVersion: version } = scenario;
  const disputed = disputedTargets(cluster.autoscalers);
  const workloads = new Map(cluster.workloads.map((workload) => [workloadKey(workload), workload]));
  for (const autoscaler of cluster.autoscalers) {
    const key = workloadKey({ namespace: autoscaler.namespace, ...autoscaler.target });
    const workload = workloads.get(key);
    if (!workload || !('replicas' in workload)) continue;
    const load = loadOf(scenario, workload, START);
    const asRead = disputed.has(key) ? { ...autoscaler, cpu: undefined } : autoscaler;
    workloads.set(key, { ...workload, replicas: settledReplicas(asRead, workload, { load, version }) });
  }
  return [...workloads.values()];
}
