import type { RollPlan } from './RollPlan.ts';

/** Whether no pod leaves its node because of the roll: it drains nothing, and the machines keep running. */
export function leavesPodsAlone({ drain, machine }: Pick<RollPlan, 'drain' | 'machine'>): boolean {
  return drain.mode === 'none' && machine === 'keepsRunning';
}
