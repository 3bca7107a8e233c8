import type { Labels } from '../cluster/LabelSelector.ts';
import { hasLabels } from './hasLabels.ts';
import type { NodeMatch } from './Scenario.ts';

/** Whether every field that `match` gives holds for `node`. */
export function fitsNode({ names, labels }: NodeMatch, node: { readonly name: string; readonly labels: Labels }): boolean {
  return (names?.includes(node.name) ?? true) && hasLabels(node.labels, labels);
}
