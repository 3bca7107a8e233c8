import type { Scenario } from '../scenario/Scenario.ts';
import type { Distribution } from '../sim/Distribution.ts';

/** Whether no duration of `scenario` is random (as those of volumes and phases of probes are) and no node order is drawn; ties between nodes remain arbitrary even then. */
export function isDeterministic({ timing, roll, latencies }: Scenario): boolean {
  const distributions = [
    ...timing.nodes.flatMap(({ reset, registration }) => [reset, ...Object.values(registration ?? {})]),
    ...timing.pods.flatMap(({ ready, gates, exit }) => [ready, exit, ...(gates ? [gates] : [])]),
  ];
  const hasPhases = timing.pods.some(({ readyIs }) => readyIs === 'answering');
  return roll.order !== 'random' && !hasPhases && !timing.volumes && latencies === undefined && distributions.every(isConstant);
}

function isConstant({ kind, never = 0 }: Distribution): boolean {
  return kind === 'constant' && (never === 0 || never === 1);
}
