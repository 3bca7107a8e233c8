import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import type { Labels } from '../cluster/LabelSelector.ts';
import { fitsNode } from './fitsNode.ts';
import { fitsPod } from './fitsPod.ts';
import { namesHint, type Reading } from './Reading.ts';
import type { Timing } from './Scenario.ts';
import { warnOfOvershadowed } from './warnOfOvershadowed.ts';

/**
 * Compares the entries of `spec.timing` with the cluster: a node that does not exist is a fault; a match that fits no pod, or only pods that
 * entries before it fit already, is a warning.
 */
export function checkTiming(reading: Reading, timing: Timing, cluster: ClusterObjects): void {
  checkNodes(reading, timing, cluster);
  checkPods(reading, timing, cluster);
}

function checkNodes(reading: Reading, timing: Timing, cluster: ClusterObjects): void {
  const names = cluster.nodes.map((node) => node.name);
  const known = new Set(names);
  const matches = timing.nodes.map(({ match }) => match);
  warnOfOvershadowed(reading, { list: 'timing.nodes', matches, subjects: cluster.nodes, fits: fitsNode });
  for (const [index, { match }] of timing.nodes.entries()) {
    for (const [position, name] of (match.names ?? []).entries()) {
      if (known.has(name)) continue;
      const path = ['spec', 'timing', 'nodes', index, 'match', 'names', position];
      reading.refuse({ code: 'SCENARIO_UNKNOWN_NODE', path, message: `no node named "${name}"`, hint: namesHint(name, names) });
    }
  }
}

/** Namespace and labels of the pods that exist or will exist. */
interface Traits {
  readonly namespace: string;
  readonly labels: Labels;
}

function checkPods(reading: Reading, timing: Timing, cluster: ClusterObjects): void {
  const workloads = cluster.workloads.map(({ namespace, template }) => ({ namespace, labels: template.labels }));
  const pods: readonly Traits[] = [...workloads, ...cluster.pods];
  const matches = timing.pods.map(({ match }) => match);
  warnOfOvershadowed(reading, { list: 'timing.pods', matches, subjects: pods, fits: fitsPod });
  for (const [index, match] of matches.entries()) {
    if (Object.keys(match).length === 0 || pods.some((pod) => fitsPod(match, pod))) continue;
    reading.warnings.push({
      code: 'TIMING_MATCHES_NOTHING',
      severity: 'warning',
      object: `timing.pods[${index}]`,
      message: 'no pod has this namespace and these labels, so the entry has no effect',
      hint: 'compare the match with the labels of the pods',
    });
  }
}
