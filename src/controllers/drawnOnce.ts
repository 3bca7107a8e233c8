import type { Pod } from '../cluster/Pod.ts';
import type { Probe } from '../cluster/PodSpec.ts';
import { type Duration, NEVER, ZERO } from '../units.ts';
import type { Start } from './drawLife.ts';
import type { KubeletTiming } from './KubeletTiming.ts';

/**
 * The times of one start of `pod`, each drawn from `timing` when first asked for and the same ever after. So the life of a pod can be
 * planned again when it turns out how long its start takes.
 */
export function drawnOnce(pod: Pod, timing: KubeletTiming): KubeletTiming {
  const ready = once(() => timing.ready(pod));
  const readyIs = once(() => timing.readyIs?.(pod) ?? 'Ready');
  const gates = once(() => timing.gates?.(pod) ?? ZERO);
  const crash = once(() => timing.crash?.(pod) ?? NEVER);
  const complete = once(() => timing.complete?.(pod) ?? NEVER);
  const exit = once(() => timing.exit(pod));
  return { ready, readyIs, gates, crash, complete, exit, images: undefined };
}

/** The offsets of the probes of one start, likewise: one for each probe. */
export function drawnOncePerProbe(probeOffset: Start['probeOffset']): Start['probeOffset'] {
  const offsets = new Map<Probe, Duration>();
  return (pod, period, probe) => {
    const drawn = offsets.get(probe) ?? probeOffset(pod, period, probe);
    offsets.set(probe, drawn);
    return drawn;
  };
}

function once<T>(draw: () => T): () => T {
  let drawn: { readonly value: T } | undefined;
  return () => {
    drawn ??= { value: draw() };
    return drawn.value;
  };
}
