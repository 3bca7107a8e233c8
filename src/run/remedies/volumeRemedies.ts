import type { Pod } from '../../cluster/Pod.ts';
import type { Change, Remedy } from './Remedy.ts';
import type { Trial } from './Trial.ts';

/** A disk or a claim that only one pod may use becomes free when its user goes. */
export const volumeInUseRemedy: Remedy = {
  plugin: 'VolumeRestrictions',
  nextChange(trial, node) {
    const sources = new Set(trial.pod.spec.volumes.map(({ source }) => source));
    const claims = new Set(trial.state.demands.of(trial.pod).claims);
    const users = [...trial.cluster.pods.values()].filter(
      (other) => isPlaced(other) && trial.state.demands.of(other).claims.some((claim) => claims.has(claim)),
    );
    const neighbours = [...(trial.cluster.nodes.get(node)?.pods ?? [])].filter(({ spec }) =>
      spec.volumes.some(({ source, claimName }) => claimName === undefined && sources.has(source)),
    );
    return moveAway(
      [...users, ...neighbours].find((other) => other !== trial.pod),
      'it uses a volume that excludes others',
    );
  },
};

/** A driver that can attach no more volumes to the node can do so when a pod with volumes goes. */
export const volumeLimitRemedy: Remedy = {
  plugin: 'NodeVolumeLimits',
  nextChange(trial, node) {
    const neighbours = [...(trial.cluster.nodes.get(node)?.pods ?? [])];
    const user = neighbours.find((other) => trial.state.demands.of(other).claims.length > 0);
    return moveAway(user, 'the driver can attach no more volumes there');
  },
};

function isPlaced({ nodeName, isFinished }: Pod): boolean {
  return nodeName !== undefined && !isFinished;
}

function moveAway(pod: Pod | undefined, why: string): Change | undefined {
  if (!pod) return undefined;
  const apply = (trial: Trial) => trial.takeAway(pod.key);
  return { kind: 'moveAway', text: `move ${pod.key} off ${pod.nodeName}: ${why}`, apply };
}
