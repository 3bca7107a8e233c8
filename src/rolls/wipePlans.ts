import type { RollPlan, WipePlan } from './RollPlan.ts';

/** What each kind of replacement destroys, where neither preset nor scenario says otherwise: a reset leaves nothing but what is the pool's. */
export const wipePlans: Readonly<Record<RollPlan['replacement'], WipePlan>> = {
  reset: { systemDisk: true, dataDisks: true, imageCache: true, localVolumes: true, userLabels: true, userTaints: true },
  replace: { systemDisk: true, dataDisks: true, imageCache: true, localVolumes: true, userLabels: true, userTaints: true },
  inplace: { systemDisk: false, dataDisks: false, imageCache: false, localVolumes: false, userLabels: false, userTaints: false },
};
