import type { Deployment, DeploymentSize } from '../cluster/Workload.ts';
import { fenceposts, sizeOf } from './fenceposts.ts';
import type { Rescale, Revision } from './rollingUpdate.ts';

/** A revision with the size that its Deployment had when that last scaled it. */
export interface SizedRevision extends Revision {
  readonly scaledFor: DeploymentSize;
}

/** The revisions of a Deployment: the one of its template, undefined while there is none, and the others, oldest first. */
export interface Revisions {
  readonly newest: SizedRevision | undefined;
  readonly old: readonly SizedRevision[];
}

/**
 * Whether the replicas of `deployment` differ from those it had when it last scaled one of its active ReplicaSets. Such a change takes
 * precedence over the next step of a roll-out.
 * @see kubernetes/kubernetes pkg/controller/deployment/sync.go (isScalingEvent)
 */
export function isScalingEvent(deployment: Deployment, revisions: Revisions): boolean {
  return activeOf(revisions).some(({ scaledFor }) => scaledFor.desiredReplicas !== deployment.replicas);
}

/**
 * What a Deployment scales when its replicas have changed or while it is paused.
 *
 * The only active ReplicaSet, or the newest when none is active, gets all replicas. Several of them share what is added or taken away in
 * proportion to their sizes, so that the change does not hasten the roll-out.
 * @see kubernetes/kubernetes pkg/controller/deployment/sync.go (scale)
 */
export function scaleDeployment(deployment: Deployment, revisions: Revisions): readonly Rescale[] {
  const active = activeOf(revisions);
  const [only = revisions.newest ?? revisions.old.at(-1)] = active;
  if (active.length < 2)
    return only === undefined || only.replicaSet.replicas === deployment.replicas ? [] : [rescale(only, deployment.replicas)];
  if (isSaturated(deployment, revisions.newest)) return active.filter((one) => one !== revisions.newest).map((one) => rescale(one, 0));
  return deployment.strategy.type === 'RollingUpdate' ? shareOut(deployment, active) : [];
}

/** Those that ought to have pods, oldest first. */
function activeOf({ newest, old }: Revisions): readonly SizedRevision[] {
  return [...old, ...(newest ? [newest] : [])].filter(({ replicaSet }) => replicaSet.replicas > 0);
}

function rescale({ replicaSet }: SizedRevision, replicas: number): Rescale {
  return { replicaSet, replicas };
}

/** @see kubernetes/kubernetes pkg/controller/deployment/util/deployment_util.go (IsSaturated) */
function isSaturated({ replicas }: Deployment, newest: SizedRevision | undefined): boolean {
  return newest?.replicaSet.replicas === replicas && newest.scaledFor.desiredReplicas === replicas && newest.available === replicas;
}

/**
 * The largest ReplicaSet goes first; of equal ones the newer when scaling up, otherwise the older. It also gets the rounding difference.
 */
function shareOut(deployment: Deployment, active: readonly SizedRevision[]): readonly Rescale[] {
  const total = active.reduce((sum, { replicaSet }) => sum + replicaSet.replicas, 0);
  const toAdd = allowedSize(deployment) - total;
  const ordered = [...active].sort((a, b) => bySize(a, b) || (toAdd > 0 ? byAge(b, a) : byAge(a, b)));
  const shares = sharesOf(deployment, ordered, toAdd);
  const leftover = toAdd - shares.reduce((sum, share) => sum + share, 0);
  return ordered.flatMap((one, index) => {
    const replicas = Math.max(0, one.replicaSet.replicas + (shares[index] ?? 0) + (index === 0 ? leftover : 0));
    return replicas === one.replicaSet.replicas && isSizedFor(deployment, one) ? [] : [rescale(one, replicas)];
  });
}

function bySize(a: SizedRevision, b: SizedRevision): number {
  return b.replicaSet.replicas - a.replicaSet.replicas;
}

function byAge(a: SizedRevision, b: SizedRevision): number {
  return a.replicaSet.revision - b.replicaSet.revision;
}

function allowedSize(deployment: Deployment): number {
  return deployment.replicas === 0 ? 0 : deployment.replicas + fenceposts(deployment).surge;
}

/** How many replicas each of `ordered` gets of `toAdd`, which is negative when they have to shrink. */
function sharesOf(deployment: Deployment, ordered: readonly SizedRevision[], toAdd: number): readonly number[] {
  let left = toAdd;
  return ordered.map((revision) => {
    if (left === 0) return 0;
    const fraction = fractionOf(deployment, revision);
    const share = toAdd > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
    left -= share;
    return share;
  });
}

/**
 * By how much a ReplicaSet changes to keep its part of the Deployment.
 * @see kubernetes/kubernetes pkg/controller/deployment/util/deployment_util.go (getReplicaSetFraction)
 */
function fractionOf(deployment: Deployment, { replicaSet: { replicas }, scaledFor }: SizedRevision): number {
  if (deployment.replicas === 0) return -replicas;
  if (scaledFor.maxReplicas === 0) return 0;
  return Math.round((replicas * sizeOf(deployment).maxReplicas) / scaledFor.maxReplicas) - replicas;
}

function isSizedFor(deployment: Deployment, { scaledFor }: SizedRevision): boolean {
  const { desiredReplicas, maxReplicas } = sizeOf(deployment);
  return scaledFor.desiredReplicas === desiredReplicas && scaledFor.maxReplicas === maxReplicas;
}
