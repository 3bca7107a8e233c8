import type { Duration } from '../units.ts';
import type { ChangeTable } from './ChangeTable.ts';
import type { MaintenancePlan, RecurringWindow, Weekday } from './MaintenancePlan.ts';
import type { RollPlan, SurgePlan } from './RollPlan.ts';

/** A roll system as data: the knobs it sets, and how it reads `maxUnavailable`. A scenario may override every knob. */
export interface Preset {
  readonly name: string;
  /** One line for `rollcast presets`. */
  readonly describes: string;
  readonly maxUnavailable: MaxUnavailableRule;
  /** Which breaks between batches the system takes, besides none, in rolls that do not pause; absent: any, in all rolls. */
  readonly interval?: { readonly least: Duration; readonly most: Duration } | undefined;
  /** How it makes new nodes; absent: it keeps those that there are. */
  readonly surge?: SurgeRule;
  readonly knobs: Knobs;
  /** K13: how edits of a pool reach its nodes; absent: not known. */
  readonly changes?: ChangeTable;
  /** How the system reads maintenance windows; absent: it has none, and a scenario that gives some has to say all of them. */
  readonly maintenance?: MaintenanceRule;
}

/** The knobs that a preset gives: all of a plan but what a scenario has to name. */
export type Knobs = Omit<RollPlan, 'preset' | 'pool' | 'nodes' | 'maxUnavailable' | 'surge' | 'maintenance' | 'changes'>;

/** What a system takes for granted of a maintenance window that leaves it open. */
export interface MaintenanceRule {
  readonly onClose?: MaintenancePlan['onClose'];
  /** Absent: that of the start of the scenario. */
  readonly timeZone?: string;
  /** Absent: every day. */
  readonly days?: readonly Weekday[];
  readonly start?: string;
  readonly length?: RecurringWindow['length'];
  /** Of the duration of a window. */
  readonly limits?: { readonly shortest: Duration; readonly longest: Duration };
}

/** Which values a system takes for `maxUnavailable` and what a percentage means to it. */
export interface MaxUnavailableRule {
  readonly min: number;
  readonly max: number;
  /** Whether a percentage is taken, and how it is rounded (never below 1, unless 0 can be given). */
  readonly percent: 'refused' | 'floor' | 'ceil';
  /** Of which nodes: those that are rolled, all of their pools (of `replicas` only pools that do not scale themselves), or all of the cluster. */
  readonly percentOf: 'selected' | 'pool' | 'replicas' | 'cluster';
  /** Used when the scenario names none, a number or a percentage; undefined: it has to. */
  readonly fallback: number | string | undefined;
}

/** How a system makes new nodes, and which values it takes for `surge`. */
export interface SurgeRule extends Pick<SurgePlan, 'strategy'> {
  readonly nodes: MaxUnavailableRule;
  /** The most that `surge` and `maxUnavailable` may add up to; absent: no limit. */
  readonly mostAtOnce?: number;
}
