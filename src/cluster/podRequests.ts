import type { KubernetesVersion } from './KubernetesVersion.ts';
import type { Container, PodSpec } from './PodSpec.ts';
import { Remembered } from './Remembered.ts';
import type { ResourceList } from './ResourceList.ts';

/** What a pod takes from a node: thousandths of a CPU, bytes and devices. */
export interface PodRequests {
  readonly milliCpu: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
  /** Extended resources, huge pages and attachable volumes, by full name. */
  readonly scalars: readonly (readonly [name: string, amount: number])[];
  /**
   * For scoring, as long as the pod is pending: a container that names no CPU or memory counts as 100m and 200 MiB, and pod-level
   * requests do not count (as recorded of 1.34.4 and 1.35.4).
   */
  readonly pendingScore: ScoringRequests;
  /** For scoring, once the pod is on a node; differs from `pendingScore` only with pod-level requests. */
  readonly placedScore: ScoringRequests;
}

export interface ScoringRequests {
  readonly milliCpu: number;
  readonly memory: number;
}

/**
 * Adds up the requests of a pod: the larger of what runs side by side and each step of its start, then pod-level requests
 * (from 1.34 on) in their place, then overhead.
 * @see kubernetes/kubernetes staging/src/k8s.io/component-helpers/resource/helpers.go (PodRequests), pkg/scheduler/framework/types.go
 */
export function podRequests(spec: PodSpec, version: KubernetesVersion): PodRequests {
  return version === '1.33' ? withoutPodLevel.of(spec) : withPodLevel.of(spec);
}

const withoutPodLevel = new Remembered((spec: PodSpec) => addUp(spec, undefined));
const withPodLevel = new Remembered((spec: PodSpec) => addUp(spec, podLevelRequests(spec)));

function addUp(spec: PodSpec, podLevel: ResourceList | undefined): PodRequests {
  const total = sumOf(spec, NOTHING, podLevel);
  const pendingScore = scoringPart(sumOf(spec, DEFAULTS, undefined));
  return {
    milliCpu: total.cpu ?? 0,
    memory: total.memory ?? 0,
    ephemeralStorage: total['ephemeral-storage'] ?? 0,
    scalars: Object.entries(total).filter(([name]) => isScalar(name)),
    pendingScore,
    placedScore: podLevel ? scoringPart(sumOf(spec, defaultsBeside(total), podLevel)) : pendingScore,
  };
}

/** What the scheduler assumes of a container that requests no CPU, when it scores. */
export const DEFAULT_MILLI_CPU = 100;
/** What the scheduler assumes of a container that requests no memory, when it scores: 200 MiB. */
export const DEFAULT_MEMORY = 200 * 1024 * 1024;

const DEFAULTS: ResourceList = { cpu: DEFAULT_MILLI_CPU, memory: DEFAULT_MEMORY };
const NOTHING: ResourceList = {};

type Sum = Record<string, number>;

/** What counts for a container that names nothing in a pod with pod-level requests, which ask for `total`. */
function defaultsBeside(total: Sum): ResourceList {
  return {
    ...('cpu' in total ? {} : { cpu: DEFAULT_MILLI_CPU }),
    ...('memory' in total ? {} : { memory: DEFAULT_MEMORY }),
  };
}

function podLevelRequests(spec: PodSpec): ResourceList | undefined {
  const entries = Object.entries(spec.resources?.requests ?? {}).filter(
    ([name]) => name === 'cpu' || name === 'memory' || name.startsWith('hugepages-'),
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function sumOf(spec: PodSpec, missing: ResourceList, podLevel: ResourceList | undefined): Sum {
  const total: Sum = {};
  for (const container of spec.containers) addTo(total, requestsOf(container, missing));
  const sidecars: Sum = {};
  const starting: Sum = {};
  for (const container of spec.initContainers) {
    const requests = requestsOf(container, missing);
    if (container.restartPolicy === 'Always') {
      addTo(total, requests);
      addTo(sidecars, requests);
      raiseTo(starting, sidecars);
    } else {
      const step = { ...requests };
      addTo(step, sidecars);
      raiseTo(starting, step);
    }
  }
  raiseTo(total, starting);
  Object.assign(total, podLevel);
  addTo(total, spec.overhead);
  return total;
}

function requestsOf({ requests, countedRequests = requests }: Container, missing: ResourceList): ResourceList {
  return missing === NOTHING ? countedRequests : { ...missing, ...countedRequests };
}

function addTo(sum: Sum, amounts: ResourceList): void {
  for (const name of Object.keys(amounts)) sum[name] = (sum[name] ?? 0) + (amounts[name] ?? 0);
}

function raiseTo(sum: Sum, amounts: ResourceList): void {
  for (const name of Object.keys(amounts)) sum[name] = Math.max(sum[name] ?? 0, amounts[name] ?? 0);
}

function scoringPart(sum: Sum): ScoringRequests {
  return { milliCpu: sum.cpu ?? 0, memory: sum.memory ?? 0 };
}

/** @see kubernetes/kubernetes pkg/scheduler/util/utils.go (IsScalarResourceName) */
function isScalar(name: string): boolean {
  if (name.startsWith('hugepages-') || name.startsWith('attachable-volumes-')) return true;
  return name.includes('/') && !name.startsWith('requests.');
}
