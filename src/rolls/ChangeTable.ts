import type { Labels } from '../cluster/LabelSelector.ts';
import type { Taint } from '../cluster/Taint.ts';
import type { Duration } from '../units.ts';

/** K13: how an edit of a pool's settings can reach nodes, as {@link PoolChange} explains. */
export const CHANGE_CLASSES = ['auto', 'roll', 'newNodesOnly', 'forbidden'] as const;

export type ChangeClass = (typeof CHANGE_CLASSES)[number];

/** What a system does with edits of a pool, as data. Settings that are missing here are not known to it. */
export interface ChangeTable {
  readonly fields: Readonly<Record<string, ChangeClass>>;
  /** How long edits of class `auto` take at most to reach existing nodes; absent: no time. */
  readonly within?: Duration;
}

/** One edit of a pool's settings. */
export interface PoolChange {
  readonly field: string;
  /**
   * `auto`: existing nodes get it by themselves; `roll`: only those that are rolled; `newNodesOnly`: none that exists, rolled or not. An edit
   * that is `forbidden` is refused when the scenario is read.
   */
  readonly class: Exclude<ChangeClass, 'forbidden'>;
  /** How long one of class `auto` takes from the start. */
  readonly within: Duration;
  readonly labels: Labels;
  readonly taints: readonly Taint[];
  /** Keys of labels or taints that the pool no longer has. */
  readonly removes: readonly string[];
}

/** The edits after which a pool is rolled. */
export interface PoolChanges {
  readonly list: readonly PoolChange[];
  /** The names of all nodes of the pools that were edited, whether they are rolled or not. */
  readonly nodes: readonly string[];
}
