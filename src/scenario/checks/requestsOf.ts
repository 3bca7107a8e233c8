import type { PodSpec } from '../../cluster/PodSpec.ts';
import { podRequests } from '../../cluster/podRequests.ts';
import type { Scenario } from '../Scenario.ts';

/** A resource and how much of it one pod asks for. */
export type Request = readonly [resource: string, amount: number];

/** Whatever a pod of `spec` asks for of a node, its slot among the pods included. */
export function requestsOf(spec: PodSpec, { kubernetesVersion }: Scenario): readonly Request[] {
  const { milliCpu, memory, ephemeralStorage, scalars } = podRequests(spec, kubernetesVersion);
  const asked: readonly Request[] = [
    ['cpu', milliCpu],
    ['memory', memory],
    ['ephemeral-storage', ephemeralStorage],
    ['pods', 1],
    ...scalars,
  ];
  return asked.filter(([, each]) => each > 0);
}
