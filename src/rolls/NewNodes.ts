import type { Cluster } from '../cluster/Cluster.ts';
import type { NodeDescription } from '../cluster/Node.ts';
import type { RollContext } from './RollContext.ts';
import type { RollPlan } from './RollPlan.ts';

/** A node that a roll is to make. */
export interface NewNode {
  readonly description: NodeDescription;
  /** The node after which its machine is made. */
  readonly model: NodeDescription;
}

const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

/**
 * The nodes that a roll makes, one after the other. Each is made after one of the nodes that go: with its size and zone, and with the labels and
 * taints that are the pool's. The zones take turns, so that they fill evenly and the new nodes spread in the end as the old ones did.
 */
export class NewNodes {
  private readonly cluster: Cluster;
  private readonly stem: string;
  private readonly models: readonly NodeDescription[];
  private made = 0;
  private number = 0;

  constructor({ cluster }: Pick<RollContext, 'cluster'>, { nodes, pool }: Pick<RollPlan, 'nodes' | 'pool'>) {
    this.cluster = cluster;
    this.stem = `${pool ?? 'node'}-new`;
    this.models = zonesInTurn(nodes.flatMap((name) => cluster.nodes.get(name)?.description ?? []));
  }

  /** The next node: `workers-new-1` and so on in pool `workers`, but for names that are taken. */
  next(): NewNode | undefined {
    const model = this.models[this.made % this.models.length];
    if (!model) return undefined;
    this.made += 1;
    const name = this.nextName();
    const { allocatable, annotations, pool, poolLabels, poolTaints } = model;
    const labels = HOSTNAME in poolLabels ? { ...poolLabels, [HOSTNAME]: name } : poolLabels;
    const identity = { name, uid: undefined, providerID: undefined };
    const given = { pool, labels, poolLabels: labels, taints: poolTaints, poolTaints, annotations, allocatable };
    return { description: { ...identity, ...given, unschedulable: false, images: [], ready: 'True' }, model };
  }

  private nextName(): string {
    do this.number += 1;
    while (this.cluster.nodes.has(`${this.stem}-${this.number}`));
    return `${this.stem}-${this.number}`;
  }
}

/** The first node of each zone, then the second of each that has one, and so on; zones in the order of their first nodes. */
function zonesInTurn(nodes: readonly NodeDescription[]): NodeDescription[] {
  const zones = new Map<string, NodeDescription[]>();
  for (const node of nodes) zones.set(node.labels[ZONE] ?? '', [...(zones.get(node.labels[ZONE] ?? '') ?? []), node]);
  const longest = Math.max(0, ...[...zones.values()].map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => [...zones.values()].flatMap((zone) => zone[turn] ?? [])).flat();
}
