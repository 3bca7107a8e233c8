import type { Cluster } from '../../cluster/Cluster.ts';
import type { ClusterChange } from '../../cluster/ClusterChange.ts';
import type { NodeReset } from '../../rolls/NodeReset.ts';
import type { Scenario } from '../../scenario/Scenario.ts';
import type { Instant } from '../../units.ts';
import type { EventRow } from '../EventColumns.ts';
import type { MaintenanceOutcome } from '../maintenanceOutcome.ts';
import { endedBy } from '../probes/endedBy.ts';
import { run } from '../run.ts';
import { followEvents } from './followEvents.ts';
import { findSubject, type Subject } from './Subject.ts';

/** The life of one node in a roll. */
export interface ExplainedNode {
  readonly node: string;
  /** undefined for a node that is not to be reset. */
  readonly reset: NodeReset | undefined;
  /** The maintenance windows of the roll; undefined: nodes could start at any time. */
  readonly maintenance: MaintenanceOutcome | undefined;
  /** Cordons, readiness and taints, in order of time. */
  readonly history: readonly EventRow[];
  /** Pods that left or came while the roll went on, in order of time. */
  readonly traffic: readonly PodPassage[];
}

/** One pod that came to a node or left it. */
export interface PodPassage {
  readonly at: Instant;
  readonly what: 'bound' | 'terminating' | 'gone';
  /** `namespace/name`. */
  readonly pod: string;
  /** Why it is going, in the words of the DisruptionTarget condition, `Delete` where it has none; undefined for one that came. */
  readonly cause: string | undefined;
}

/**
 * Runs `scenario` again and follows one node.
 * @throws RollError `ARGUMENT_INVALID` when the run had no such node.
 */
export function explainNode(scenario: Scenario, seed: string, subject: Subject): ExplainedNode {
  const { name } = subject;
  const traffic: PodPassage[] = [];
  let history: readonly EventRow[] = [];
  const result = run(scenario, seed, 'figures', (world) => {
    history = followEvents(world, (object) => object.kind === 'Node' && object.name === name);
    world.cluster.subscribe((change) => {
      const passage = passageOf(world.cluster, change, name);
      if (passage && !world.isSettling()) traffic.push({ at: world.sim.now, ...passage });
    });
  });
  const names = new Set([...scenario.cluster.nodes.map((node) => node.name), ...result.roll.nodes.map(({ node }) => node)]);
  findSubject(
    subject,
    [...names].map((known) => ({ kind: 'Node', namespace: '', name: known })),
  );
  const reset = result.roll.nodes.find(({ node }) => node === name);
  return { node: name, reset, maintenance: result.roll.maintenance, history, traffic };
}

function passageOf(cluster: Cluster, change: ClusterChange, node: string): Omit<PodPassage, 'at'> | undefined {
  if (!('pod' in change) || change.pod.nodeName !== node) return undefined;
  const { key, termination } = change.pod;
  if (change.kind === 'podBound') return { what: 'bound', pod: key, cause: undefined };
  const row = { pod: key, cause: termination?.cause ?? endedBy(cluster, change.pod) ?? 'Delete' };
  if (change.kind === 'podTerminating') return { what: 'terminating', ...row };
  return change.kind === 'podRemoved' ? { what: 'gone', ...row } : undefined;
}
