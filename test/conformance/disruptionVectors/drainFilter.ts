import { clusterOf } from '../../../src/cluster/Cluster.ts';
import { NO_OBJECTS } from '../../../src/cluster/ClusterObjects.ts';
import type { PodDescription } from '../../../src/cluster/Pod.ts';
import type { Volume } from '../../../src/cluster/PodSpec.ts';
import { refusalToDrain, toDrain } from '../../../src/rolls/drainFilter.ts';
import { kubectlPlan } from '../../../src/scenario/recording/tracePlan.ts';
import { aNode, aPod, aPodSpec } from '../../support/builders.ts';
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
}

/** Filters the pods of a node by the flags of `kubectl drain`; of the messages only the error is compared. */
export function drainFilter({ given, expect }: Vector): Outcome {
  const { pods, flags } = given as Given;
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')], pods: pods.map(podOf) });
  const node = cluster.nodes.get('n1');
  if (!node) throw new Error('n1 is missing');
  const plan = kubectlPlan(flags);
  const error = refusalToDrain(cluster, node, plan) ?? null;
  const evicted = error === null ? toDrain(cluster, node, plan).map(({ key }) => key) : [];
  const newest = expect['v1.34+'];
  if (newest !== undefined) return { 'v1.34+': { evicted } };
  return { evicted, ...('error' in expect ? { error } : {}) };
}

function podOf({ p, owner, ownerName = 'owner', ownerApiVersion = 'apps/v1', phase, annotations, volumes = [] }: GivenPod): PodDescription {
  const [namespace = '', name = ''] = p.split('/');
  return aPod(name, {
    namespace,
    nodeName: 'n1',
    spec: aPodSpec({ volumes: volumes.map(volumeOf) }),
    ...(owner ? { owner: { apiVersion: ownerApiVersion, kind: owner, name: ownerName } } : {}),
    ...(phase ? { phase } : {}),
    ...(annotations ? { annotations } : {}),
  });
}

function volumeOf(source: string): Volume {
  return { name: source, source, claimName: undefined, readOnly: false, medium: undefined, fields: {} };
}
