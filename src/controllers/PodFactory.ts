import type { Cluster } from '../cluster/Cluster.ts';
import type { OwnerReference } from '../cluster/OwnerReference.ts';
import type { Pod, PodDescription } from '../cluster/Pod.ts';
import type { PodSpec } from '../cluster/PodSpec.ts';
import type { Toleration } from '../cluster/Taint.ts';
import { type Workload, workloadKey } from '../cluster/Workload.ts';
import type { Simulation } from '../sim/Simulation.ts';
import type { ControllerOptions } from './Reconciler.ts';

/** Seconds that a pod without a toleration of its own stays on a node that is not ready or unreachable. */
const DEFAULT_TOLERATION_SECONDS = 300;

/** Makes pods from the templates of workloads, with what admission adds. Pods of one template share one spec. */
export class PodFactory {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly admitted = new Map<PodSpec, PodSpec>();
  private readonly series = new Map<Workload, Series>();
  private readonly seriesByKey = new Map<string, Series>();

  constructor({ sim, cluster }: ControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
  }

  /**
   * Creates a pod of `owner` under the next free name `OWNER-SUFFIX`; suffixes count up, so names follow the order of creation.
   * `change` replaces fields of the template's spec.
   */
  createNumbered(owner: Workload, change?: Partial<PodSpec>): Pod {
    const series = this.seriesOf(owner);
    for (;;) {
      series.made += 1;
      const pod = this.cluster.addPodIfNew(this.describe(owner, `${owner.name}-${suffixOf(series.made)}`, change));
      if (pod) return pod;
    }
  }

  /** Creates the pod `name` of `owner`; `change` replaces fields of the template's spec. */
  create(owner: Workload, name: string, change?: Partial<PodSpec>): Pod {
    return this.cluster.addPod(this.describe(owner, name, change));
  }

  private describe(owner: Workload, name: string, change: Partial<PodSpec> | undefined): PodDescription {
    return {
      namespace: owner.namespace,
      name,
      labels: owner.template.labels,
      annotations: owner.template.annotations,
      owner: this.seriesOf(owner).owner,
      spec: change ? admit({ ...owner.template.spec, ...change }) : this.sharedSpec(owner.template.spec),
      nodeName: undefined,
      nominatedNodeName: undefined,
      phase: 'Pending',
      ready: false,
      createdAt: this.sim.now,
      termination: undefined,
    };
  }

  /** A workload that changes is another object and goes on with its series. */
  private seriesOf(workload: Workload): Series {
    const known = this.series.get(workload);
    if (known) return known;
    const key = workloadKey(workload);
    const series = this.seriesByKey.get(key) ?? newSeries(workload);
    this.seriesByKey.set(key, series);
    this.series.set(workload, series);
    return series;
  }

  private sharedSpec(spec: PodSpec): PodSpec {
    const known = this.admitted.get(spec);
    if (known) return known;
    const admitted = admit(spec);
    this.admitted.set(spec, admitted);
    return admitted;
  }
}

/** The pods that were made for one workload. */
interface Series {
  /** What they all refer to. */
  readonly owner: OwnerReference;
  /** How many names have been given out. */
  made: number;
}

function newSeries({ kind, name }: Workload): Series {
  return { owner: { apiVersion: API_VERSIONS[kind], kind, name }, made: 0 };
}

/** `number` in base 36, with at least five digits; two at a time, for this is done for every pod that is made. */
function suffixOf(number: number): string {
  const [high, middle, low] = [Math.floor(number / 36 ** 4), Math.floor(number / 36 ** 2) % 36 ** 2, number % 36 ** 2];
  return `${high === 0 ? '0' : high.toString(36)}${PAIRS[middle] ?? ''}${PAIRS[low] ?? ''}`;
}

const PAIRS = Array.from({ length: 36 ** 2 }, (_, number) => number.toString(36).padStart(2, '0'));

const API_VERSIONS: Readonly<Record<Workload['kind'], string>> = {
  ReplicaSet: 'apps/v1',
  ReplicationController: 'v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
};

const DEFAULT_TOLERATIONS: readonly Toleration[] = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => ({
  key,
  operator: 'Exists',
  value: '',
  effect: 'NoExecute',
  tolerationSeconds: DEFAULT_TOLERATION_SECONDS,
}));

/** @see kubernetes/kubernetes plugin/pkg/admission/defaulttolerationseconds/admission.go */
function admit(spec: PodSpec): PodSpec {
  const missing = DEFAULT_TOLERATIONS.filter(({ key }) => !spec.tolerations.some((own) => speaksOf(own, key)));
  return missing.length === 0 ? spec : { ...spec, tolerations: [...spec.tolerations, ...missing] };
}

function speaksOf({ key, effect }: Toleration, taintKey: string): boolean {
  return (key === taintKey || key === '') && (effect === undefined || effect === 'NoExecute');
}
