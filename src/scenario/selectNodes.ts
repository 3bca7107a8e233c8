import type { NodeDescription } from '../cluster/Node.ts';
import { firstNames } from '../rolls/firstNames.ts';
import { hasLabels } from './hasLabels.ts';
import { namesHint, type Reading } from './Reading.ts';
import type { ReadCluster } from './readCluster.ts';
import type { GivenRoll } from './schema/roll.ts';

const PATH = ['spec', 'roll'] as const;

/**
 * The nodes that `spec.roll` names, by `nodes` or else the whole `pool`: names in the order given, others in the order of the cluster.
 * Unknown names, nodes of another pool, an empty selection and a cluster without nodes are faults.
 */
export function selectNodes(reading: Reading, given: GivenRoll, { objects }: ReadCluster): readonly NodeDescription[] {
  if (objects.nodes.length === 0) {
    reading.refuse({ path: ['spec', 'cluster'], message: 'the cluster has no nodes', hint: 'dump the nodes too, or describe nodePools' });
    return [];
  }
  const pooled = given.pool === undefined ? objects.nodes : poolNodes(reading, given.pool, objects.nodes);
  if (given.pool === undefined && !given.nodes) {
    const pools = poolsOf(objects.nodes);
    const known = pools.length === 0 ? '' : ` (there are ${firstNames(pools)})`;
    reading.refuse({ path: PATH, message: 'no nodes to roll', hint: `name a pool${known}, or nodes by names or labels` });
    return [];
  }
  if (!given.nodes || pooled.length === 0) return pooled;
  const named = given.nodes.names ? namedNodes(reading, given.nodes.names, pooled, objects.nodes) : pooled;
  const { labels } = given.nodes;
  const selected = named.filter((node) => hasLabels(node.labels, labels));
  if (selected.length === 0 && named.length > 0)
    reading.refuse({ path: [...PATH, 'nodes'], message: 'no node has these labels', hint: 'look at the labels of the nodes' });
  return selected;
}

function poolNodes(reading: Reading, pool: string, nodes: readonly NodeDescription[]): readonly NodeDescription[] {
  const found = nodes.filter((node) => node.pool === pool);
  if (found.length > 0) return found;
  const pools = poolsOf(nodes);
  reading.refuse({
    code: 'SCENARIO_UNKNOWN_NODE',
    path: [...PATH, 'pool'],
    message: `no node is in a pool "${pool}"`,
    hint: pools.length === 0 ? NO_POOLS : namesHint(pool, pools),
  });
  return [];
}

const NO_POOLS = 'no node has the label of a pool: name nodes by names or labels (roll.nodes), or give them the label rollcast.io/pool';

function poolsOf(nodes: readonly NodeDescription[]): string[] {
  return [...new Set(nodes.flatMap(({ pool }) => pool ?? []))];
}

function namedNodes(
  reading: Reading,
  names: readonly string[],
  pooled: readonly NodeDescription[],
  all: readonly NodeDescription[],
): readonly NodeDescription[] {
  const byName = new Map(pooled.map((node) => [node.name, node]));
  const everywhere = new Set(all.map((node) => node.name));
  const seen = new Set<string>();
  return names.flatMap((name, index) => {
    const path = [...PATH, 'nodes', 'names', index];
    const node = byName.get(name);
    if (!node) {
      const message = everywhere.has(name) ? `node "${name}" is not in the pool` : `no node named "${name}"`;
      reading.refuse({ code: 'SCENARIO_UNKNOWN_NODE', path, message, hint: namesHint(name, [...byName.keys()]) });
    } else if (seen.has(name)) {
      reading.refuse({ path, message: `node "${name}" is there twice`, hint: 'leave one out' });
    }
    seen.add(name);
    return node ? [node] : [];
  });
}
