import type { Pacing } from '../rolls/RollPlan.ts';
import { formatDuration } from '../units.ts';

/** A pacing in one line, for the list of inputs: `ramp 1 x 4, soak 5m, pause first for 30m`. */
export function describePacing({ kind, first = 1, factor = 1, cap, soak, interval, pause, resumeAfter }: Pacing): string {
  const parts = [
    kind === 'ramp' ? `ramp ${first} x ${factor}` : kind,
    ...(cap === undefined ? [] : [`cap ${cap}`]),
    ...(soak ? [`soak ${formatDuration(soak)}`] : []),
    ...(interval ? [`interval ${formatDuration(interval)}`] : []),
    ...(resumeAfter === undefined ? [] : [`pause ${pause} for ${formatDuration(resumeAfter)}`]),
  ];
  return parts.join(', ');
}
