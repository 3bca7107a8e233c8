import { type Duration, ZERO } from '../units.ts';
import type { GatePlan } from './RollPlan.ts';

/** How long after it is Ready a node passes its gate: everything that has to pass begins then, and the longest counts. */
export function gateTime({ minReady, postInstall, waitPostInstallFinish, initConditions = {} }: GatePlan): Duration {
  return Math.max(minReady, waitPostInstallFinish ? postInstall : ZERO, ...Object.values(initConditions)) as Duration;
}
