import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { Pod, PodDescription } from '../../../src/cluster/Pod.ts';
import type { Volume } from '../../../src/cluster/PodSpec.ts';
import type { Workload } from '../../../src/cluster/Workload.ts';
import { refusalToDrain, toDrain, withoutSkipped } from '../../../src/rolls/drainFilter.ts';
import type { DrainPlan } from '../../../src/rolls/RollPlan.ts';
import { kubectlPlan } from '../../../src/scenario/recording/tracePlan.ts';
import { instant, START } from '../../../src/units.ts';
import { aDaemonSet, aNode, aPod, aPodSpec } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';
import type { Outcome, Vector } from './Vector.ts';

interface Given {
  readonly pods: readonly GivenPod[];
  readonly flags: readonly string[];
}

interface GivenPod {
  /** `namespace/name`. */
  readonly p: string;
  readonly owner?: string | null;
  readonly ownerName?: string;
  readonly ownerApiVersion?: string;
  readonly phase?: PodDescription['phase'];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  /** Whether its owner does. */
  readonly exists?: boolean;
  /** In seconds; the pod ends at once and is deleted then. */
  readonly deletionTimestamp?: number;
}

/** Filters the pods of a node by the flags of `kubectl drain`; of the messages only the error is compared. */
export function drainFilter({ given, expect }: Vector): Outcome {
  const { pods, flags } = given as Given;
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')], workloads: pods.flatMap(daemonSetsOf), pods: pods.map(podOf) });
  const node = cluster.nodes.get('n1');
  if (!node) throw new Error('n1 is missing');
  const plan = kubectlPlan(flags);
  if ('at' in expect) return { at: fateAt(Object.keys(expect.at ?? {}), toDrain(cluster, node, plan), plan) };
  const error = refusalToDrain(cluster, node, plan, START) ?? null;
  const evicted = error === null ? toDrain(cluster, node, plan).map(({ key }) => key) : [];
  const newest = expect['v1.34+'];
  if (newest !== undefined) return { 'v1.34+': { evicted } };
  return { evicted, ...('error' in expect ? { error } : {}) };
}

function daemonSetsOf({ p, owner, ownerName = 'owner', exists = true }: GivenPod): Workload[] {
  return owner === 'DaemonSet' && exists ? [{ ...aDaemonSet(ownerName), namespace: p.split('/')[0] ?? '' }] : [];
}

function podOf({ p, owner, ownerName = 'owner', ownerApiVersion = 'apps/v1', ...rest }: GivenPod): PodDescription {
  const { phase, annotations, volumes = [], deletionTimestamp } = rest;
  const requestedAt = instant((deletionTimestamp ?? 0) * 1000);
  const [namespace = '', name = ''] = p.split('/');
  return aPod(name, {
    namespace,
    nodeName: 'n1',
    spec: aPodSpec({ volumes: volumes.map(volumeOf) }),
    ...(owner ? { owner: { apiVersion: ownerApiVersion, kind: owner, name: ownerName } } : {}),
    ...(phase ? { phase } : {}),
    ...(annotations ? { annotations } : {}),
    ...(deletionTimestamp === undefined ? {} : { termination: { requestedAt, gracePeriodSeconds: 0, cause: 'Delete' as const } }),
  });
}

/** What becomes of the one pod among `pods` in a drain that starts then, by second. */
function fateAt(times: readonly string[], pods: readonly Pod[], plan: DrainPlan): Outcome {
  const fateOf = (time: string) =>
    withoutSkipped(pods, plan, instant(Number(time) * 1000)).length === 0 ? 'skipped' : 'evicted and waited for';
  return Object.fromEntries(times.map((time) => [time, fateOf(time)]));
}

function volumeOf(source: string): Volume {
  return { name: source, source, claimName: undefined, readOnly: false, medium: undefined, fields: {} };
}
