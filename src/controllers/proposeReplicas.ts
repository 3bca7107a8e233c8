import type { CpuTarget } from '../cluster/HorizontalPodAutoscaler.ts';

/** CPU use and CPU request of one pod, in thousandths of a CPU. */
export interface CpuSample {
  readonly usage: number;
  readonly request: number;
}

/** The pods of a scale as its autoscaler sorts them; terminating and failed ones are left out. */
export interface MeasuredPods {
  /** Pods whose use counts. */
  readonly ready: readonly CpuSample[];
  /** Requests of pods that are pending or not Ready for the first time yet. */
  readonly unready: readonly number[];
  /** Requests of pods without a measurement. */
  readonly missing: readonly number[];
}

/** By which share the use may be below or above the target before anything changes. */
export interface Tolerance {
  readonly down: number;
  readonly up: number;
}

/**
 * How many replicas the CPU use asks for, before limits and stabilization; `current` when the use is close enough to the target.
 *
 * Pods without a measurement count as busy when that argues against scaling down and as idle when it argues against scaling up; pods that
 * are not ready count as idle when scaling up.
 * @returns undefined when nothing can be said: no pod is measured, or a pod requests no CPU.
 * @see kubernetes/kubernetes pkg/controller/podautoscaler/replica_calculator.go (GetResourceReplicas, calcPlainMetricReplicas)
 */
export function proposeReplicas(
  current: number,
  { ready, unready, missing }: MeasuredPods,
  target: CpuTarget,
  tolerance: Tolerance,
): number | undefined {
  const ratio = usageRatio(ready, target);
  if (ratio === undefined) return undefined;
  const isRebalanced = unready.length > 0 && ratio > 1;
  if (missing.length === 0 && !isRebalanced) return isWithin(ratio, tolerance) ? current : Math.ceil(ratio * ready.length);
  const assumed = ratio === 1 ? [] : missing.map((request) => ({ usage: ratio > 1 ? 0 : busyUsage(request, target), request }));
  const idle = isRebalanced ? unready.map((request) => ({ usage: 0, request })) : [];
  const all = [...ready, ...assumed, ...idle];
  const newRatio = usageRatio(all, target) ?? ratio;
  if (isWithin(newRatio, tolerance) || (ratio < 1 && newRatio > 1) || (ratio > 1 && newRatio < 1)) return current;
  const replicas = Math.ceil(newRatio * all.length);
  const isContrary = newRatio < 1 ? replicas > current : replicas < current;
  return isContrary ? current : replicas;
}

/** CPU use in whole percent of the requests, cut off; undefined without a request. */
export function utilizationOf(samples: readonly CpuSample[]): number | undefined {
  if (samples.some(({ request }) => request === 0)) return undefined;
  const requested = sum(samples.map(({ request }) => request));
  return requested === 0 ? undefined : wholePart((100 * sum(samples.map(({ usage }) => usage))) / requested);
}

/** Shares of a load are seldom exact: a result counts as a whole number if it is one but for rounding errors. */
function wholePart(value: number): number {
  return Math.floor(value + 1e-9);
}

function usageRatio(samples: readonly CpuSample[], target: CpuTarget): number | undefined {
  if (samples.length === 0 || samples.some(({ request }) => request === 0)) return undefined;
  if (target.kind === 'averageValue') return wholePart(sum(samples.map(({ usage }) => usage)) / samples.length) / target.milliCpu;
  const utilization = utilizationOf(samples);
  return utilization === undefined ? undefined : utilization / target.percent;
}

function isWithin(ratio: number, { down, up }: Tolerance): boolean {
  return 1 - down <= ratio && ratio <= 1 + up;
}

function busyUsage(request: number, target: CpuTarget): number {
  return target.kind === 'averageValue' ? target.milliCpu : (request * Math.max(100, target.percent)) / 100;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
