import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { Refusal } from '../NodeVerdict.ts';
import { ownConstraints } from '../plugins/spreadConstraints.ts';
import { MISSING_LABEL, TOO_SKEWED } from '../plugins/spreadFilter.ts';
import type { Columns } from './Columns.ts';
import type { RefusedNodes } from './RefusedNodes.ts';
import { SpreadCounts } from './SpreadCounts.ts';

/** The hard spread constraints of `pod`; mostly there are none. */
export function hardSpreadOf(pod: Pod, columns: Columns, context: CycleContext): readonly SpreadCounts[] {
  const constraints = ownConstraints(pod, 'DoNotSchedule');
  if (constraints.length === 0) return NONE;
  const required = Array.from(constraints, ({ topologyKey }) => columns.topology(topologyKey));
  const setting = { columns, context, required, placement: columns.placement(pod.spec) };
  return Array.from(constraints, (constraint) => new SpreadCounts(constraint, pod, setting));
}

const NONE: readonly SpreadCounts[] = [];

/** Leaves out the domains whose counts would exceed the lowest by more than a hard constraint allows, and nodes without a label. */
export function refuseSkewed(constraints: readonly SpreadCounts[], refused: RefusedNodes): void {
  for (let i = 0; i < constraints.length; i += 1) {
    const constraint = constraints[i];
    if (!constraint) continue;
    constraint.count();
    constraint.findMost();
    refused.refuseDomains(constraint.topology, constraint.byDomain, constraint.most);
  }
}

/**
 * Whether every node has the label of every hard constraint, with few values. Then all that they refuse is too skewed, which is known by
 * block.
 */
export function isLabelledThroughout(constraints: readonly SpreadCounts[]): boolean {
  for (const { topology } of constraints) if (topology.unlabelled > 0 || !topology.isCoarse) return false;
  return true;
}

/** Leaves out again what the last `refuseSkewed` left out. */
export function refuseAgain(constraints: readonly SpreadCounts[], refused: RefusedNodes): void {
  for (const { topology, byDomain, most } of constraints) refused.refuseDomains(topology, byDomain, most);
}

/** Why hard constraints refuse the node at `position`, in the state of the last `refuseSkewed`; undefined when they do not. */
export function skewAt(constraints: readonly SpreadCounts[], position: number): Refusal | undefined {
  for (const { topology, byDomain, most } of constraints) {
    const domain = topology.domainOf[position] ?? 0;
    if (domain === 0) return MISSING_LABEL;
    if ((byDomain[domain] ?? 0) > most) return TOO_SKEWED;
  }
  return undefined;
}
