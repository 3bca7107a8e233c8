import fc from 'fast-check';

/** One entry of `spec.cluster.workloads`. */
export interface AnyWorkload {
  readonly name: string;
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly replicas: number;
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly budget?: { readonly maxUnavailable: number } | { readonly minAvailable: number };
  readonly antiAffinity?: { readonly by: 'hostname'; readonly rule: 'required' | 'preferred' };
}

/** How large workloads may be. */
export interface WorkloadLimits {
  /** How many workloads at most, 5 unless given; at least one. */
  readonly most?: number;
  /** How many replicas each has at most, 6 unless given; at least one. */
  readonly replicas?: number;
  /** What a pod asks for at most: thousandths of a CPU, 2000 unless given, and MiB of memory, 4096 unless given. */
  readonly milliCpu?: number;
  readonly mebibytes?: number;
}

/**
 * Workloads w0, w1 … with and without budgets and anti-affinity between their pods, as values of the setting `cluster.workloads`. Shrinks
 * towards few small ones that nothing protects.
 */
export function anyWorkloads({
  most = 5,
  replicas = 6,
  milliCpu = 2000,
  mebibytes = 4096,
}: WorkloadLimits = {}): fc.Arbitrary<AnyWorkload[]> {
  const requests = fc
    .record({ milliCpu: fc.integer({ min: 1, max: milliCpu }), mebibytes: fc.integer({ min: 1, max: mebibytes }) })
    .map((asked) => ({ cpu: `${asked.milliCpu}m`, memory: `${asked.mebibytes}Mi` }));
  const workload = fc.record(
    {
      kind: fc.constantFrom('Deployment' as const, 'StatefulSet' as const),
      replicas: fc.integer({ min: 1, max: replicas }),
      requests,
      budget: fc.oneof(
        fc.record({ maxUnavailable: fc.integer({ min: 1, max: replicas }) }),
        fc.record({ minAvailable: fc.integer({ min: 0, max: replicas }) }),
      ),
      antiAffinity: fc.record({ by: fc.constant('hostname' as const), rule: fc.constantFrom('preferred' as const, 'required' as const) }),
    },
    { requiredKeys: ['kind', 'replicas', 'requests'] },
  );
  return fc.array(workload, { minLength: 1, maxLength: most }).map((list) => list.map((each, index) => ({ name: `w${index}`, ...each })));
}
