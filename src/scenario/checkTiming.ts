import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import type { Labels } from '../cluster/LabelSelector.ts';
import { namesHint, type Reading } from './Reading.ts';
import type { Timing } from './Scenario.ts';

/** Compares the entries of `spec.timing` with the cluster: a node that does not exist is a fault, a match that fits no pod is a warning. */
export function checkTiming(reading: Reading, timing: Timing, cluster: ClusterObjects): void {
  checkNodes(reading, timing, cluster);
  checkPods(reading, timing, cluster);
}

function checkNodes(reading: Reading, timing: Timing, cluster: ClusterObjects): void {
  const names = cluster.nodes.map((node) => node.name);
  const known = new Set(names);
  for (const [index, { match }] of timing.nodes.entries()) {
    for (const [position, name] of (match.names ?? []).entries()) {
      if (known.has(name)) continue;
      const path = ['spec', 'timing', 'nodes', index, 'match', 'names', position];
      reading.refuse({ code: 'SCENARIO_UNKNOWN_NODE', path, message: `no node named "${name}"`, hint: namesHint(name, names) });
    }
  }
}

function checkPods(reading: Reading, timing: Timing, cluster: ClusterObjects): void {
  const workloads = cluster.workloads.map(({ namespace, template }) => ({ namespace, labels: template.labels }));
  const fits = (match: Timing['pods'][number]['match']) => (pod: { readonly namespace: string; readonly labels: Labels }) =>
    (match.namespace ?? pod.namespace) === pod.namespace &&
    Object.entries(match.labels ?? {}).every(([key, value]) => pod.labels[key] === value);
  for (const [index, { match }] of timing.pods.entries()) {
    if (Object.keys(match).length === 0 || workloads.some(fits(match)) || cluster.pods.some(fits(match))) continue;
    reading.warnings.push({
      code: 'TIMING_MATCHES_NOTHING',
      severity: 'warning',
      object: `timing.pods[${index}]`,
      message: 'no pod has this namespace and these labels, so the entry has no effect',
      hint: 'compare the match with the labels of the pods',
    });
  }
}
