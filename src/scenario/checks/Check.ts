import type { DisruptionBudgetDescription } from '../../cluster/DisruptionBudget.ts';
import { formatDuration, NEVER } from '../../units.ts';
import type { Finding, Scenario } from '../Scenario.ts';
import { GroupIndex } from './GroupIndex.ts';
import { type PodGroup, podGroups } from './PodGroup.ts';

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

/** Groups whose pods a drain evicts for certain (`rolled`) or perhaps (`unknown`). */
export function isDrained({ staysOnNode, place }: PodGroup): boolean {
  return !staysOnNode && place !== 'elsewhere';
}

/** An error when one of the groups stands on the rolled nodes for certain, a warning when it might. */
export function severityFor(groups: readonly PodGroup[]): 'error' | 'warning' {
  return groups.some((group) => !group.staysOnNode && group.place === 'rolled') ? 'error' : 'warning';
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
