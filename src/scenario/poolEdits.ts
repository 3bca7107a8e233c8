import type { NodeDescription } from '../cluster/Node.ts';
import type { PoolChange } from '../rolls/ChangeTable.ts';
import type { RollPlan } from '../rolls/RollPlan.ts';
import { after, START } from '../units.ts';
import type { Disturbance } from './Scenario.ts';

/**
 * `nodes` with the labels and taints that their pools define after the edits of `roll`, which they get when they are reset, and new nodes from the
 * start. Edits that are for new nodes only count where the roll makes some.
 */
export function withPoolEdits(
  nodes: readonly NodeDescription[],
  { changes, surge }: Pick<RollPlan, 'changes' | 'surge'>,
): readonly NodeDescription[] {
  const reaches = (change: PoolChange) => surge !== undefined || change.class !== 'newNodesOnly';
  const applied = changes?.list.filter((change) => reaches(change) && isEdit(change)) ?? [];
  if (!changes || applied.length === 0) return nodes;
  const edited = new Set(changes.nodes);
  return nodes.map((node) => (edited.has(node.name) ? applied.reduce(definedAnew, node) : node));
}

/** When the edits that need no roll reach existing nodes. What a pool no longer has stays on them. */
export function editsByThemselves({ changes }: Pick<RollPlan, 'changes'>): readonly Disturbance[] {
  const auto = changes?.list.filter((change) => change.class === 'auto' && isAddition(change)) ?? [];
  const { nodes = [] } = changes ?? {};
  return auto.map(({ within, labels, taints }) => ({ at: after(START, within), kind: 'editNodes', nodes, labels, taints }));
}

function definedAnew(node: NodeDescription, { field, labels, taints, removes }: PoolChange): NodeDescription {
  const isNew = ({ key, effect }: { key: string; effect: string }) => taints.some((one) => one.key === key && one.effect === effect);
  const isRemoved = (key: string) => removes.includes(key);
  if (field === 'labels') {
    const kept = Object.entries(node.poolLabels).filter(([key]) => !isRemoved(key));
    return { ...node, poolLabels: { ...Object.fromEntries(kept), ...labels } };
  }
  const kept = node.poolTaints.filter((taint) => !isRemoved(taint.key) && !isNew(taint));
  return { ...node, poolTaints: [...kept, ...taints] };
}

function isAddition({ labels, taints }: PoolChange): boolean {
  return Object.keys(labels).length > 0 || taints.length > 0;
}

function isEdit(change: PoolChange): boolean {
  return isAddition(change) || change.removes.length > 0;
}
