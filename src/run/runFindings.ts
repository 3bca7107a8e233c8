import { firstNames } from '../rolls/firstNames.ts';
import type { NodeReset } from '../rolls/NodeReset.ts';
import type { RollPlan } from '../rolls/RollPlan.ts';
import type { Finding } from '../scenario/Scenario.ts';
import { formatDuration } from '../units.ts';
import { counted, countedWere } from './counted.ts';
import { drainAlerts } from './drainAlerts.ts';
import { quorumFindings } from './quorumFindings.ts';
import type { RollOutcome, RunResult } from './RunResult.ts';
import { unreportedUnmountFindings } from './unreportedUnmountFindings.ts';

type Figures = Pick<RunResult, 'roll' | 'scheduling' | 'workloads' | 'isCutOff'>;

/** What of a plan tells how pods went. */
type FindingPlan = Pick<RollPlan, 'drain' | 'replacement'>;

/**
 * What this run found that a reader should not have to look for in tables, together with the findings `others` about drains, Jobs, requests
 * and nodes that are left; errors first.
 */
export function runFindings(figures: Figures, others: readonly Finding[], plan: FindingPlan): Finding[] {
  const found = [
    ...others,
    ...figures.roll.nodes.flatMap((reset) => violations(reset, plan)),
    ...figures.roll.nodes.flatMap(graceCutShort),
    ...drainAlerts(figures.roll.nodes, plan.drain),
    ...figures.roll.nodes.flatMap((reset) => ending(reset, figures.roll.outcome)),
    ...notReached(figures.roll),
    ...unreportedUnmountFindings(figures.roll.nodes),
    ...neverScheduled(figures),
    ...stillDown(figures),
    ...quorumFindings(figures.workloads),
    ...pendingBefore(figures),
    ...lostData(figures),
  ];
  return found.sort((a, b) => RANK.indexOf(a.severity) - RANK.indexOf(b.severity));
}

const RANK = ['error', 'warning', 'info'];

/** Pods of a node that went against their budgets. */
function violations({ node, forcedKills, refusedBy, ...reset }: NodeReset, { drain: { mode }, replacement }: FindingPlan): Finding[] {
  if (forcedKills === 0) return [];
  const pods = countedWere(forcedKills, 'pod');
  const found = { code: 'BUDGET_VIOLATED', severity: 'error', object: `Node/${node}` } as const;
  if (mode === 'delete') {
    const message = `${pods} deleted although a budget would not have let them be evicted: the drain does not ask`;
    return [{ ...found, message, hint: 'let the drain evict pods (roll.drain.mode), or let the budget allow as many disruptions' }];
  }
  const budgets = refusedBy.map(({ budget }) => budget).join(', ');
  const why = budgets ? ` against ${budgets}` : ', for its drain did not get rid of them';
  const message = `${pods} killed by the forced ${replacement === 'replace' ? 'deletion' : 'reset'}${why}; ${waitOf({ ...reset, refusedBy })}`;
  return [{ ...found, message, hint: budgets ? LET_GO : SEE_WHY }];
}

const LET_GO = 'let the budget allow a disruption (more replicas, or a smaller minAvailable), or give the drain more time';
const SEE_WHY = 'see whether two budgets select them, or they tolerate the taint of a cordoned node and come back to it';

/** Pods that were killed before the time was over that they were given to end. */
function graceCutShort({ node, cutShort = [] }: NodeReset): Finding[] {
  if (cutShort.length === 0) return [];
  return [
    {
      code: 'GRACE_CUT_SHORT',
      severity: 'warning',
      object: `Node/${node}`,
      message: `${countedWere(cutShort.length, 'pod')} killed by the forced reset in the midst of the time to end: ${firstNames(cutShort)}`,
      hint: 'give the drain more time (roll.drain.timeout) than its pods ask for to end',
    },
  ];
}

/** Why a node is not in service. */
function ending(reset: NodeReset, roll: RollOutcome['outcome']): Finding[] {
  const found = endingOf(reset, roll);
  if (!found) return [];
  const why = [reset.reason, ...(reset.blocked > 0 ? [waitOf(reset)] : [])].join('; ');
  return [{ ...found, object: `Node/${reset.node}`, message: `${found.message}: ${why}` }];
}

function waitOf({ blocked, refusals, refusedBy }: Pick<NodeReset, 'blocked' | 'refusals' | 'refusedBy'>): string {
  const budgets = refusedBy.map(({ budget }) => budget).join(', ');
  if (blocked > 0 || !budgets) return `its drain waited ${formatDuration(blocked)} for ${budgets || 'its pods'}`;
  return `it was refused ${counted(refusals, 'eviction')} while other pods of the node were ending`;
}

function endingOf(reset: NodeReset, roll: RollOutcome['outcome']): Omit<Finding, 'object'> | undefined {
  const { outcome, createdAt, resetAt, readyAt, refusedBy } = reset;
  if (outcome === 'stuck' && roll === 'horizon') return UNFINISHED;
  if (createdAt !== undefined && (outcome === 'failed' || outcome === 'stuck')) return NEVER_UP[outcome];
  const ending = ENDINGS[outcome];
  const isAway = resetAt !== undefined && readyAt === undefined;
  if (ending && isAway) return { ...ending, ...NOT_BACK[outcome] };
  return outcome === 'stuck' && ending && refusedBy.length === 0 ? { ...ending, hint: 'look at the pods that are left on it' } : ending;
}

/** What is said of a new node that does not become Ready. */
const NEVER_UP: Readonly<Record<'failed' | 'stuck', Omit<Finding, 'object'>>> = {
  failed: {
    code: 'NODE_FAILED',
    severity: 'error',
    message: 'the new node failed',
    hint: 'see why its machine does not join: its image, its scripts, its network; the nodes that are left still have the old settings',
  },
  stuck: {
    code: 'NODE_STUCK',
    severity: 'error',
    message: 'the new node never becomes Ready, and the roll waits for it',
    hint: 'see why its machine does not join: its image, its scripts, its network; the nodes that are left still have the old settings',
  },
};

/** What is said instead of a node whose machine is away. */
const NOT_BACK: Partial<Record<NodeReset['outcome'], Partial<Omit<Finding, 'object'>>>> = {
  failed: { hint: 'see why its machine does not join, or delete the node and make a new one; roll.failure.readyTimeout gives it longer' },
  stuck: {
    message: 'the node does not come back from its reset',
    hint: 'see why its machine does not join, and set roll.failure.readyTimeout to let the roll go on without it',
  },
};

const ENDINGS: Partial<Record<NodeReset['outcome'], Omit<Finding, 'object'>>> = {
  failed: {
    code: 'NODE_FAILED',
    severity: 'error',
    message: 'the node failed',
    hint: 'look at the pods that are named, and roll the node again',
  },
  stuck: {
    code: 'NODE_STUCK',
    severity: 'error',
    message: 'the node never gets on',
    hint: 'change the budget or the replicas that hold it',
  },
  deleted: { code: 'NODE_DELETED', severity: 'warning', message: 'the node was deleted', hint: 'do not delete nodes during a roll' },
};

/** The nodes whose turn never came: one finding for all of them, since one event keeps them all from it. */
function notReached({ nodes, outcome }: RollOutcome): Finding[] {
  const left = nodes.filter((reset) => reset.outcome === 'notStarted');
  const [first, second] = left;
  if (!first) return [];
  const isShort = outcome === 'windowClosed';
  const isHeldByNode = outcome === 'stuck' && nodes.some((reset) => reset.outcome === 'stuck');
  const why = isHeldByNode ? 'the roll gets stuck before' : first.reason;
  const found = { code: 'NODE_NOT_STARTED', severity: 'error' } as const;
  if (!second)
    return [
      {
        ...found,
        object: `Node/${first.node}`,
        message: `the node was not reached: ${why}`,
        hint: isShort ? MORE_TIME : 'run the roll again for it',
      },
    ];
  const message = `${countedWere(left.length, 'node')} not reached (${firstNames(left.map(({ node }) => node))}): ${why}`;
  return [{ ...found, object: 'Cluster', message, hint: isShort ? MORE_TIME : 'run the roll again for them' }];
}

const MORE_TIME =
  'give the run a later horizon, or let nodes start in longer windows or more at once (roll.maintenance, roll.maxUnavailable)';

/** A node that was in progress at the horizon: nobody knows whether it would have finished. */
const UNFINISHED: Omit<Finding, 'object'> = {
  code: 'NODE_STUCK',
  severity: 'error',
  message: 'the node was not finished',
  hint: 'give the run a later horizon',
};

/** When what the run left behind was seen last. */
function atTheEnd({ isCutOff }: Figures): string {
  return isCutOff ? 'at the horizon' : 'when nothing could change any more';
}

function neverScheduled(figures: Figures): Finding[] {
  return figures.scheduling.neverScheduled.map(({ pod, message }) => ({
    code: 'POD_NEVER_SCHEDULED',
    severity: 'error',
    object: `Pod/${pod}`,
    message: `still pending ${atTheEnd(figures)}: ${message}`,
    hint: 'give the pool room for it, or loosen what the message names',
  }));
}

function stillDown(figures: Figures): Finding[] {
  return figures.workloads.flatMap(({ kind, namespace, name, outages }) => {
    const last = outages.at(-1);
    if (!last || last.isOver) return [];
    const message = `still down ${atTheEnd(figures)}: ${last.cause.at(-1) ?? 'nobody became Ready'}`;
    return [
      {
        code: 'OUTAGE_NEVER_ENDS',
        severity: 'error',
        object: `${kind}/${namespace}/${name}`,
        message,
        hint: 'remove the last cause of its outage',
      },
    ];
  });
}

function pendingBefore({ scheduling: { pendingBefore: pods } }: Figures): Finding[] {
  if (pods.length === 0) return [];
  const message = `${countedWere(pods.length, 'pod')} pending before the roll began: ${firstNames(pods)}`;
  return [
    { code: 'PENDING_BEFORE', severity: 'warning', object: 'Cluster', message, hint: 'they are no effect of the roll; look at them first' },
  ];
}

function lostData({ workloads }: Figures): Finding[] {
  return workloads.flatMap(({ kind, namespace, name, lostData: losses }) => {
    const local = losses.filter(({ reason }) => reason.startsWith('local volume') || reason.startsWith('hostPath'));
    if (local.length === 0) return [];
    const message = local.map(({ pod, volume, reason }) => `${pod} ${volume}: ${reason}`).join('; ');
    return [
      {
        code: 'DATA_LOST',
        severity: 'warning',
        object: `${kind}/${namespace}/${name}`,
        message,
        hint: 'back the data up before the reset',
      },
    ];
  });
}
