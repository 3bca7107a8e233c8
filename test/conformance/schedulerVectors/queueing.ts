import { Node } from '../../../src/cluster/Node.ts';
import type { Pod } from '../../../src/cluster/Pod.ts';
import type { PodSpec } from '../../../src/cluster/PodSpec.ts';
import { PodDemands } from '../../../src/scheduler/PodDemands.ts';
import { backoffDuration, backoffEnd, backoffLeave } from '../../../src/scheduler/queue/backoff.ts';
import { compareBackoff, QueuedPod } from '../../../src/scheduler/queue/QueuedPod.ts';
import type { ClusterEvent } from '../../../src/scheduler/requeue/ClusterEvent.ts';
import { requeueHints } from '../../../src/scheduler/requeue/registry.ts';
import { instant, parseBytes, parseMilliCpu, toSeconds } from '../../../src/units.ts';
import { aNode, aPod, aPodSpec, podOutside } from '../../support/builders.ts';
import { anAffinity, aPodAffinityTerm } from '../../support/placement.ts';
import type { Run } from './Vector.ts';

interface Waiting {
  readonly pod: string;
  readonly window: number;
  readonly priority: number;
}

interface HintInputs {
  readonly plugin?: string;
  readonly event: string;
  readonly old?: Readonly<Record<string, string>>;
  readonly new?: Readonly<Record<string, string>>;
  readonly newNode?: { readonly cpu: string; readonly pods: number };
  readonly pendingPod?: { readonly cpu: string };
  readonly oldTaints?: readonly string[];
  readonly newTaints?: readonly string[];
}

/** When a pod is tried again. */
export const queueing: Readonly<Record<string, Run>> = {
  backoffDuration: ({ counts }: { counts: number[] }) => ({ seconds: counts.map((count) => toSeconds(backoffDuration(count))) }),

  backoffWindow({ failedAtSeconds, count }: { failedAtSeconds: number; count: number }, version) {
    const queued = waiting('p', 0);
    queued.attempts = count;
    queued.rejections = count;
    queued.since = instant(failedAtSeconds * 1000);
    const end = backoffEnd(queued, version);
    return { expirationWindowStart: toSeconds(end), flushedToActiveAt: toSeconds(backoffLeave(end)) };
  },

  backoffEarlyPop({ backoffQ }: { backoffQ: Waiting[] }) {
    const queue = backoffQ.map(({ pod, window, priority }) => {
      const queued = waiting(pod, priority);
      queued.backoffEnd = instant(window * 1000);
      return queued;
    });
    return { popOrder: queue.sort(compareBackoff).map(({ pod }) => pod.name) };
  },

  queueingHint(inputs: HintInputs, version) {
    if (inputs.event === 'Node/UpdateNodeCondition')
      return { requeued: [...requeueHints.values()].some((hints) => 'NodeUpdateNodeCondition' in hints) };
    const { event, pending } = eventOf(inputs);
    const hint = requeueHints.get(inputs.plugin ?? '')?.[event.name] as
      | ((details: ClusterEvent['details'], pod: Pod, demands: PodDemands) => boolean)
      | undefined;
    return { hint: hint?.(event.details, pending, new PodDemands(version)) ? 'Queue' : 'QueueSkip' };
  },
};

function waiting(name: string, priority: number): QueuedPod {
  return new QueuedPod(podOf(name, { priority }));
}

function podOf(name: string, spec: Partial<PodSpec> & { cpu?: number } = {}, nodeName?: string): Pod {
  return podOutside(aPod(name, { spec: aPodSpec(spec), nodeName }));
}

function eventOf(inputs: HintInputs): { readonly event: ClusterEvent; readonly pending: Pod } {
  const pending = podOf('pending', { cpu: (parseMilliCpu(inputs.pendingPod?.cpu ?? '0') ?? 0) / 1000 });
  if (inputs.event === 'Pod/Delete') return { event: gone(inputs), pending };
  if (inputs.event === 'Node/Add') {
    const node = nodeWith(inputs.newNode ? { cpu: inputs.newNode.cpu } : {});
    return { event: { name: 'NodeAdd', details: { node } }, pending };
  }
  if (inputs.event === 'Node/UpdateNodeAllocatable') {
    return {
      event: { name: 'NodeUpdateNodeAllocatable', details: { node: nodeWith(inputs.new ?? {}), before: nodeWith(inputs.old ?? {}) } },
      pending,
    };
  }
  if (inputs.event === 'Node/UpdateNodeTaint') {
    const details = { node: taintedNode(inputs.newTaints ?? []), before: taintedNode(inputs.oldTaints ?? []) };
    return { event: { name: 'NodeUpdateNodeTaint', details }, pending };
  }
  // The node matched before and after: some label that nobody asks for changed.
  const [node, before] = [
    new Node(aNode('n', { labels: { disk: 'ssd', x: '2' } })),
    new Node(aNode('n', { labels: { disk: 'ssd', x: '1' } })),
  ];
  return {
    event: { name: 'NodeUpdateNodeLabel', details: { node, before } },
    pending: podOf('pending', { nodeSelector: { disk: 'ssd' } }),
  };
}

function gone({ plugin }: HintInputs): ClusterEvent {
  const apart = anAffinity({ podAnti: { required: [aPodAffinityTerm({ app: 'pending' }, 'kubernetes.io/hostname')] } });
  const pod = podOf('gone', plugin === 'InterPodAffinity' ? { affinity: apart } : {}, 'n9');
  return { name: 'AssignedPodDelete', details: { pod, upToPriority: Number.POSITIVE_INFINITY } };
}

function nodeWith({ cpu, memory }: Readonly<Record<string, string>>): Node {
  return new Node(aNode('n', { allocatable: { cpu: parseMilliCpu(cpu ?? '0') ?? 0, memory: parseBytes(memory ?? '8Gi') ?? 0 } }));
}

function taintedNode(taints: readonly string[]): Node {
  return new Node(
    aNode('n', { taints: taints.map((text) => ({ key: text.split(':')[0] ?? '', value: '', effect: 'NoSchedule' as const })) }),
  );
}
