/**
 * The four phases of one instant, in the order in which they fire.
 *
 * `Change`: the world changes (a container exits, a reset ends, a process continues). `React`: controllers and kubelets respond. `Decide`:
 * the scheduler chooses. `Observe`: probes look at the settled state and change nothing.
 */
export const phases = ['Change', 'React', 'Decide', 'Observe'] as const;

export type Phase = (typeof phases)[number];

/** Position of `phase` within an instant, 0 first. */
export function phaseRank(phase: Phase): number {
  return phases.indexOf(phase);
}
