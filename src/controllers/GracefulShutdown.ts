import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { firstOf, type Process, Signal, timeout } from '../sim/Process.ts';
import type { Duration } from '../units.ts';
import type { Kubelet } from './Kubelet.ts';

/** How long a node holds up its own shutdown for its pods. */
export interface ShutdownPlan {
  /** For all pods together (shutdownGracePeriod). */
  readonly grace: Duration;
  /** The last part of `grace`, for critical pods alone (shutdownGracePeriodCriticalPods); at most `grace`. */
  readonly critical: Duration;
}

/** Priority of system-cluster-critical, from which on a pod is critical. */
const CRITICAL = 2_000_000_000;

/**
 * The graceful shutdown of one node: its pods end in two bands, non-critical ones first, without asking any budget. A band ends when its
 * pods have ended and their volumes are unmounted, or when its time is over; what still runs then is cut off with the machine.
 *
 * Static pods are simply cut off: they have no API object that could fail.
 * @see kubernetes/kubernetes pkg/kubelet/nodeshutdown/nodeshutdown_manager.go (processShutdownEvent)
 */
export function* shutDown(kubelet: Pick<Kubelet, 'refuse' | 'kill'>, node: Node, { grace, critical }: ShutdownPlan): Process<void> {
  kubelet.refuse(node);
  const pods = [...node.pods].filter(({ owner }) => owner?.kind !== 'Node');
  const [others, vital] = [pods.filter((pod) => !isCritical(pod)), pods.filter(isCritical)];
  yield* endBand(kubelet, others, (grace - critical) as Duration);
  yield* endBand(kubelet, vital, critical);
}

function isCritical({ spec }: Pod): boolean {
  return spec.priority >= CRITICAL;
}

function* endBand(kubelet: Pick<Kubelet, 'kill'>, pods: readonly Pod[], period: Duration): Process<void> {
  const open = new Set(pods);
  const over = new Signal();
  for (const pod of pods) {
    kubelet.kill(pod, period, () => {
      open.delete(pod);
      if (open.size === 0) over.fire();
    });
  }
  if (open.size > 0) yield firstOf(over, timeout(period));
}
