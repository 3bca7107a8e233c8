import type { NodeTiming, PodTiming, Scenario } from '../scenario/Scenario.ts';
import type { Distribution } from '../sim/Distribution.ts';

/**
 * Whether `scenario` leaves nothing to chance but the ties between nodes and the moment at which the loss of a node is noticed. That is so
 * when no duration is random (those of volumes and the phases of probes are), the order of nodes is not drawn, and no workload is scaled
 * down, because its victims are random.
 */
export function isDeterministic(scenario: Scenario): boolean {
  const { timing, roll, latencies, quorums = [] } = scenario;
  const distributions = [...timing.nodes.flatMap(ofNode), ...timing.pods.flatMap(ofPod), ...quorums.map(({ sync }) => sync)];
  const hasPhases = timing.pods.some(({ readyIs }) => readyIs === 'answering');
  const isTimed = !hasPhases && !timing.volumes && latencies === undefined && distributions.every(isConstant);
  return isTimed && roll.order !== 'random' && !isScaled(scenario);
}

function ofNode({ reset, registration }: NodeTiming): Distribution[] {
  return [reset, ...Object.values(registration ?? {})];
}

function ofPod({ start, ready, gates, complete, exit }: PodTiming): Distribution[] {
  return [start, ready, gates, complete, exit].flatMap((time) => time ?? []);
}

function isConstant({ kind, never = 0 }: Distribution): boolean {
  return kind === 'constant' && (never === 0 || never === 1);
}

function isScaled({ cluster, demand, disturbances }: Scenario): boolean {
  const isAutoscaled = cluster.autoscalers.length > 0 && demand.length > 0;
  return isAutoscaled || disturbances.some(({ kind }) => kind === 'scale' || kind === 'change');
}
