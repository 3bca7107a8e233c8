import type { LocatedObject } from './LocatedObject.ts';
import type { GivenNodePool } from './schema/cluster.ts';

/** A node that a pool of the scenario stands for: as a Kubernetes object, and what of it belongs to the pool. */
export interface ModelledNode {
  readonly name: string;
  readonly object: LocatedObject;
  readonly poolLabels: Readonly<Record<string, string>>;
  readonly poolTaints: readonly GivenTaint[];
}

type GivenTaint = NonNullable<GivenNodePool['taints']>[number];

/**
 * The nodes of a pool: NAME-1 … NAME-n, its zones in turn, labelled with host name, zone and pool. `locate` gives the position of a
 * path inside the pool's entry.
 */
export function expandNodePool(pool: GivenNodePool, locate: LocatedObject['locate']): readonly ModelledNode[] {
  return Array.from({ length: pool.nodes }, (_, index) => modelledNode(pool, index, locate));
}

/** Names of the nodes that {@link expandNodePool} makes, in order. */
export function nodeNames({ name, nodes }: Pick<GivenNodePool, 'name' | 'nodes'>): readonly string[] {
  return Array.from({ length: nodes }, (_, index) => `${name}-${index + 1}`);
}

function modelledNode(pool: GivenNodePool, index: number, locate: LocatedObject['locate']): ModelledNode {
  const name = `${pool.name}-${index + 1}`;
  const zone = pool.zones?.[index % pool.zones.length];
  const poolLabels = {
    'kubernetes.io/hostname': name,
    ...(zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone }),
    'rollcast.io/pool': pool.name,
    ...pool.labels,
  };
  const byHand = (pool.byHand ?? []).filter(({ nodes }) => nodes === undefined || nodes.includes(name));
  const poolTaints = pool.taints ?? [];
  const value = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: Object.assign({}, poolLabels, ...byHand.map(({ labels }) => labels)) },
    spec: { taints: [...poolTaints, ...byHand.flatMap(({ taints = [] }) => taints)] },
    status: { allocatable: { pods: '110', ...pool.allocatable } },
  };
  return { name, object: { value, locate: (path) => locate(inPool(path)) }, poolLabels, poolTaints };
}

/** Where a path of the node object comes from in the pool's entry. */
function inPool(path: readonly PropertyKey[]): readonly PropertyKey[] {
  const [section, key, ...rest] = path;
  if (section === 'metadata' && key === 'name') return ['name'];
  return section === undefined || key === undefined ? [] : [key, ...rest];
}
