import type { Pod } from '../cluster/Pod.ts';
import type { PodSpec } from '../cluster/PodSpec.ts';
import { after, type Instant, minutes, seconds } from '../units.ts';
import type { CpuSample, MeasuredPods } from './proposeReplicas.ts';

/** How long after its start a pod is young: it does not count while it is not Ready. */
const CPU_INITIALIZATION = minutes(5);
/**
 * How long a measurement covers, during which a pod that is young must have been Ready. An assumption: metrics-server asks every kubelet as
 * often unless told otherwise (--metric-resolution).
 */
const METRIC_WINDOW = seconds(15);
/** A pod that is not Ready and turned so within this time of its start was never Ready. */
const INITIAL_READINESS = seconds(30);

/** The inputs for the use of pods. */
export interface Measurement {
  readonly now: Instant;
  /** In replicas that it would keep fully busy. */
  readonly load: number;
  /** The container that counts; absent: all of them. */
  readonly container?: string | undefined;
  /** Whether the pod is measured: a silent kubelet cannot be asked. */
  readonly isMeasured: (pod: Pod) => boolean;
}

/**
 * Sorts `pods` as an autoscaler does and gives each the CPU use that `load` causes: the load, in fully busy replicas, is spread evenly over
 * the pods that serve, and none uses more than its request.
 * @see kubernetes/kubernetes pkg/controller/podautoscaler/replica_calculator.go (groupPods)
 */
export function measurePods(pods: readonly Pod[], { now, load, container, isMeasured }: Measurement): MeasuredPods {
  const counted = pods.filter(({ isTerminating, phase }) => !isTerminating && phase !== 'Failed');
  const serving = counted.filter(({ isServing }) => isServing).length;
  const share = serving === 0 ? 0 : Math.min(1, load / serving);
  const ready: CpuSample[] = [];
  const unready: number[] = [];
  const missing: number[] = [];
  for (const pod of counted) {
    const request = cpuRequest(pod.spec, container);
    if (pod.phase === 'Pending') unready.push(request);
    else if (!isMeasured(pod)) missing.push(request);
    else if (isUnready(pod, now)) unready.push(request);
    else ready.push({ usage: pod.isServing ? share * request : 0, request });
  }
  return { ready, unready, missing };
}

function isUnready({ ready, boundAt, readySince }: Pod, now: Instant): boolean {
  if (boundAt === undefined) return true;
  if (now < after(boundAt, CPU_INITIALIZATION)) return !ready || now < after(readySince, METRIC_WINDOW);
  return !ready && readySince < after(boundAt, INITIAL_READINESS);
}

/**
 * The CPU that a pod requests, 0 when one of its containers requests none: then its utilization is not known. With `container` that of this
 * container, which uses as large a share of its request as the whole pod does; 0 when there is none of that name.
 * @see kubernetes/kubernetes pkg/controller/podautoscaler/replica_calculator.go (calculatePodRequests, calculatePodRequestsFromContainers)
 */
export function cpuRequest({ containers, initContainers, resources }: PodSpec, container?: string): number {
  const running = [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')];
  if (container !== undefined) return running.find(({ name }) => name === container)?.requests.cpu ?? 0;
  const ofPod = resources?.requests.cpu;
  if (ofPod !== undefined) return ofPod;
  const requests = running.map(({ requests: { cpu = 0 } }) => cpu);
  return requests.includes(0) ? 0 : requests.reduce((sum, cpu) => sum + cpu, 0);
}
