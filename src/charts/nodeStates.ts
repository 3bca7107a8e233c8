import { palette } from './palette.ts';

/** What a node of a roll can be doing, in the order in which a reset, a deletion or a new node goes through it. */
export const nodeStates = [
  'waiting',
  'draining',
  'blocked',
  'detaching',
  'resetting',
  'deleting',
  'booting',
  'gating',
  'inService',
] as const;

export type NodeState = (typeof nodeStates)[number];

/** What happened to one node; times in seconds from t = 0, null for what never happened. */
export interface TimelineNode {
  readonly name: string;
  readonly outcome: 'inService' | 'replaced' | 'failed' | 'stuck' | 'skipped' | 'deleted' | 'notStarted';
  /** When its machine was asked for, if the roll made it. */
  readonly createdAt?: number;
  readonly cordonedAt: number | null;
  /** When its turn came, where that was not its cordon. */
  readonly startedAt?: number;
  readonly drainedAt: number | null;
  readonly resetAt: number | null;
  readonly readyAt: number | null;
  readonly inServiceAt: number | null;
  /** When its machine was gone, if it has been replaced. */
  readonly goneAt?: number;
  readonly blockedSeconds: number;
}

export const stateLabels: Readonly<Record<NodeState, string>> = {
  waiting: 'Waiting its turn',
  draining: 'Draining',
  blocked: 'Blocked by budgets',
  detaching: 'Detaching volumes',
  resetting: 'Resetting',
  deleting: 'Deleting the machine',
  booting: 'Booting a new machine',
  gating: 'Gating',
  inService: 'Back in service',
};

export const stateColours: Readonly<Record<NodeState, string>> = {
  waiting: '#e4e7eb',
  draining: palette.orange,
  blocked: palette.vermilion,
  detaching: palette.purple,
  resetting: palette.blue,
  deleting: '#9aa5b1',
  booting: palette.blue,
  gating: palette.sky,
  inService: '#b5dfd0',
};

/**
 * The states of one node as spans of seconds, each at most once and none empty.
 *
 * A node that stopped half-way stays in its last state up to `endSeconds`; a deleted one has no state after its drain, and one that has been
 * replaced none after its machine was gone. Only the total time
 * in which a drain was blocked is known; it is drawn at the end of the drain.
 */
export function timelineOf(node: TimelineNode, endSeconds: number): Map<NodeState, readonly [number, number]> {
  const starts = startsOf(node);
  const spans = new Map<NodeState, readonly [number, number]>();
  for (const [index, { state, at }] of starts.entries()) {
    const next = starts[index + 1]?.at ?? node.goneAt ?? (state === 'detaching' && node.outcome === 'deleted' ? at : endSeconds);
    if (next > at) spans.set(state, [at, next]);
  }
  splitDrain(spans, node.blockedSeconds);
  return spans;
}

/** When the turn of a node came, or its machine was asked for; null when that never was. */
export function turnOf({ outcome, createdAt, cordonedAt, startedAt }: TimelineNode): number | null {
  return outcome === 'notStarted' ? null : (createdAt ?? startedAt ?? cordonedAt);
}

function startsOf(node: TimelineNode): { state: NodeState; at: number }[] {
  const { createdAt, outcome } = node;
  const isNew = createdAt !== undefined;
  const starts: { state: NodeState; at: number | null }[] = [
    isNew ? { state: 'booting', at: createdAt } : { state: 'waiting', at: 0 },
    { state: 'draining', at: isNew ? node.cordonedAt : turnOf(node) },
    { state: 'detaching', at: node.drainedAt },
    { state: outcome === 'replaced' ? 'deleting' : 'resetting', at: node.resetAt },
    { state: 'gating', at: node.readyAt },
    { state: 'inService', at: node.inServiceAt },
  ];
  return starts.flatMap(({ state, at }) => (at === null ? [] : [{ state, at }]));
}

function splitDrain(spans: Map<NodeState, readonly [number, number]>, blockedSeconds: number): void {
  const drain = spans.get('draining');
  if (!drain || blockedSeconds <= 0) return;
  const blockedFrom = Math.max(drain[0], drain[1] - blockedSeconds);
  spans.set('blocked', [blockedFrom, drain[1]]);
  if (blockedFrom > drain[0]) spans.set('draining', [drain[0], blockedFrom]);
  else spans.delete('draining');
}
