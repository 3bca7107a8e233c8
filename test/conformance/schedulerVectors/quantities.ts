import type { Container } from '../../../src/cluster/PodSpec.ts';
import { type PodRequests, podRequests } from '../../../src/cluster/podRequests.ts';
import type { ResourceList } from '../../../src/cluster/ResourceList.ts';
import { parseQuantity } from '../../../src/units.ts';
import { aContainer, aPodSpec } from '../../support/builders.ts';
import type { Run } from './Vector.ts';

type Quantities = Readonly<Record<string, string>>;

interface RequestInputs {
  readonly containers: readonly Quantities[];
  readonly initContainers?: readonly Quantities[];
  readonly overhead?: Quantities;
  readonly podResources?: { readonly requests: Quantities };
}

/** Quantities, and what a pod requests with them. */
export const quantities: Readonly<Record<string, Run>> = {
  quantity: ({ quantity, as }: { quantity: string; as: 'milli' | 'value' }) => ({
    value: parseQuantity(quantity, as === 'milli' ? 1000 : 1),
  }),

  podRequests(inputs: RequestInputs, version) {
    const requests = podRequests(specOf(inputs), version);
    return { ...plain(requests), scalar: Object.fromEntries(requests.scalars) };
  },

  nonZeroRequests(inputs: RequestInputs, version) {
    const { pendingScore, placedScore } = podRequests(specOf(inputs), version);
    return placedScore.milliCpu === pendingScore.milliCpu ? plain(pendingScore) : { placedScore };
  },
};

function plain({ milliCpu, memory }: Pick<PodRequests, 'milliCpu' | 'memory'>) {
  return { milliCPU: milliCpu, memory };
}

function specOf({ containers, initContainers = [], overhead = {}, podResources }: RequestInputs) {
  return aPodSpec({
    containers: containers.map(containerOf),
    initContainers: initContainers.map(containerOf),
    overhead: amounts(overhead),
    resources: podResources && { requests: amounts(podResources.requests), limits: {} },
  });
}

function containerOf({ name, restartPolicy, ...requests }: Quantities): Container {
  return aContainer({
    name: name ?? 'main',
    restartPolicy: restartPolicy === 'Always' ? 'Always' : undefined,
    requests: amounts(requests),
  });
}

function amounts(given: Quantities): ResourceList {
  return Object.fromEntries(
    Object.entries(given).map(([name, text]) => [name, parseQuantity(text, name === 'cpu' ? 1000 : 1) ?? Number.NaN]),
  );
}
