import type { DisruptionBudgetDescription } from '../../cluster/DisruptionBudget.ts';
import { selectorMatches } from '../../cluster/LabelSelector.ts';
import { isTolerated, UNSCHEDULABLE } from '../../cluster/Taint.ts';
import type { DrainPlan, RollPlan } from '../../rolls/RollPlan.ts';
import { formatDuration, NEVER } from '../../units.ts';
import type { Finding, Scenario } from '../Scenario.ts';
import { endsByItself } from './endsByItself.ts';
import { GroupIndex } from './GroupIndex.ts';
import type { PodGroup } from './PodGroup.ts';
import { podGroups } from './podGroups.ts';

/** A rule that needs no simulation. Its findings are in the order of the scenario's objects. */
export type Check = (subject: CheckSubject) => Finding[];

/** A scenario prepared for the rules. */
export interface CheckSubject {
  readonly scenario: Scenario;
  readonly groups: readonly PodGroup[];
  /** The groups that a budget selects. */
  readonly selectedBy: (budget: DisruptionBudgetDescription) => readonly PodGroup[];
}

/** Prepares `scenario` for {@link Check}s. */
export function subjectOf(scenario: Scenario): CheckSubject {
  const groups = podGroups(scenario);
  const index = new GroupIndex(groups);
  return { scenario, groups, selectedBy: (budget) => index.selectedBy(budget) };
}

/** Groups whose pods a drain removes for certain (`rolled`) or perhaps (`unknown`). */
export function isDrained({ staysOnNode, place, ...pods }: PodGroup, { drain }: Pick<RollPlan, 'drain'>): boolean {
  return !staysOnNode && place !== 'elsewhere' && isCovered(pods, drain);
}

function isCovered({ labels, spec }: Pick<PodGroup, 'labels' | 'spec'>, { podSelector, pods }: DrainPlan): boolean {
  if (!isSelected({ labels }, { podSelector })) return false;
  return pods.tolerating !== 'ignore' || !isTolerated(UNSCHEDULABLE, spec.tolerations);
}

/** Whether the drain looks at pods with these labels at all. */
export function isSelected({ labels }: Pick<PodGroup, 'labels'>, { podSelector }: Pick<DrainPlan, 'podSelector'>): boolean {
  return !podSelector || selectorMatches(podSelector, labels);
}

/**
 * An error when drains meet a pod of one of the groups in every course of the roll, a warning when they might. They might not when it ends
 * by itself before, or when somebody changes the cluster during the roll.
 */
export function severityFor(groups: readonly PodGroup[], scenario: Scenario): 'error' | 'warning' {
  const isMet = (group: PodGroup) => group.place === 'rolled' && isDrained(group, scenario.roll) && !endsByItself(group, scenario);
  return scenario.disturbances.length === 0 && groups.some(isMet) ? 'error' : 'warning';
}

/** What becomes of a node whose drain is refused for good. */
export function consequence(scenario: Scenario): string {
  const { drain } = scenario.roll;
  const after = drain.timeout === NEVER ? '' : ` after ${formatDuration(drain.timeout)}`;
  if (drain.timeout === NEVER || drain.onTimeout === 'retryForever') return 'the roll waits for it for ever';
  return `${ending(scenario)}${after}`;
}

/** What a drain does whose time is over, if it does anything then. */
export function ending({ roll: { drain } }: Scenario): string {
  if (drain.onTimeout === 'force') return 'its pods are killed against it';
  return drain.onTimeout === 'failRoll' ? 'the roll fails' : 'their nodes fail';
}

/** The same as {@link consequence} where every pod that is refused ends by itself at some time. */
export function consequenceForRest({ roll: { drain } }: Scenario): string {
  if (drain.timeout === NEVER || drain.onTimeout === 'retryForever') return 'drains wait until its pods have ended by themselves';
  const stillThere = `its pods still run ${formatDuration(drain.timeout)} after a drain began`;
  if (drain.onTimeout === 'force') return `where ${stillThere}, they are killed against it`;
  return `where ${stillThere}, the ${drain.onTimeout === 'failRoll' ? 'roll' : 'node'} fails`;
}

/** What becomes of a node whose pods cannot be evicted because every attempt fails with an error that is not a refusal by a budget. */
export function consequenceOfErrors(scenario: Scenario): string {
  const { givesUp, onTimeout, retries } = scenario.roll.drain;
  if (givesUp === 'atDeadline' || retries === 'anyRefusal') return consequence(scenario);
  if (onTimeout === 'force') return 'the drain fails at once and its pods are killed';
  return onTimeout === 'failRoll' ? 'the drain fails at once, and the roll with it' : 'the drain of their node fails at once';
}
