import type { Change } from './Remedy.ts';
import { remedies } from './registry.ts';
import type { Trial } from './Trial.ts';

/** What would have to change for a pod to fit on one node. */
export interface NodeRemedy {
  readonly node: string;
  /** All of them together make it fit, and no one of them can be left out; empty when no way is known. */
  readonly changes: readonly { readonly kind: Change['kind']; readonly text: string }[];
}

/**
 * Finds for each of `nodes` a minimal set of changes with which the pod of `trial` fits there, proved by running the filters with the
 * changes made. Minimal means that no change of the set can be left out; a different set may be smaller.
 * @returns the nodes with the fewest changes first, those without a known way last; `trial` is as it was.
 */
export function findRemedies(trial: Trial, nodes: readonly string[]): NodeRemedy[] {
  const found = nodes.map((node) => ({ node, changes: leastChanges(trial, node).map(({ kind, text }) => ({ kind, text })) }));
  const effort = ({ changes }: NodeRemedy) => (changes.length === 0 ? Number.POSITIVE_INFINITY : changes.length);
  return found.sort((a, b) => (effort(a) === effort(b) ? 0 : effort(a) - effort(b)));
}

/** More changes than these at one node are no help to anyone. */
const MOST_CHANGES = 12;

function leastChanges(trial: Trial, node: string): readonly Change[] {
  const changes = collectChanges(trial, node);
  trial.undo();
  return changes ? withoutNeedless(trial, node, changes) : [];
}

/** Lifts one refusal after the other; undefined when that leads nowhere. */
function collectChanges(trial: Trial, node: string): readonly Change[] | undefined {
  const changes: Change[] = [];
  for (;;) {
    const [refusal] = trial.refusals(node);
    if (!refusal) return changes;
    const remedy = remedies.find(({ plugin }) => plugin === refusal.plugin);
    const change = changes.length < MOST_CHANGES ? remedy?.nextChange(trial, node) : undefined;
    if (!change) return undefined;
    change.apply(trial);
    changes.push(change);
  }
}

/** Leaves out every change without which the pod fits all the same. */
function withoutNeedless(trial: Trial, node: string, changes: readonly Change[]): readonly Change[] {
  const needed = changes.reduce((kept, change) => {
    const others = kept.filter((other) => other !== change);
    return fitsWith(trial, node, others) ? others : kept;
  }, changes);
  return fitsWith(trial, node, needed) ? needed : [];
}

function fitsWith(trial: Trial, node: string, changes: readonly Change[]): boolean {
  for (const change of changes) change.apply(trial);
  const fits = trial.refusals(node).length === 0;
  trial.undo();
  return fits;
}
