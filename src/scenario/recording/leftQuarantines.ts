import { QUARANTINE } from '../../controllers/PodGC.ts';
import { type Instant, instant, seconds } from '../../units.ts';
import type { TraceRun } from './RollTrace.ts';

/**
 * The names of nodes that the run `before` has left in the quarantine of the pod garbage collector, which all runs of a recording share,
 * and until when, as times after `epochMilliseconds`. The pass that removes the pods of a missing node begins another quarantine.
 */
export function leftQuarantines(before: TraceRun | undefined, epochMilliseconds: number): Readonly<Record<string, Instant>> {
  const startedAt = Date.parse(before?.startedAt ?? '');
  const ends = (before?.events ?? []).flatMap(({ t, cause, node }) => {
    const end = startedAt + seconds(t) + QUARANTINE - epochMilliseconds;
    return cause === 'DeletionByPodGC' && typeof node === 'string' && end > 0 ? [[node, instant(end)] as const] : [];
  });
  return Object.fromEntries(ends);
}
