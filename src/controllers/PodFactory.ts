import type { Cluster } from '../cluster/Cluster.ts';
import { hashed } from '../cluster/keyHash.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import type { PodSpec } from '../cluster/PodSpec.ts';
import { Remembered } from '../cluster/Remembered.ts';
import type { Toleration } from '../cluster/Taint.ts';
import { type Workload, workloadKey } from '../cluster/Workload.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { PodSeries } from './PodSeries.ts';
import type { ControllerOptions } from './Reconciler.ts';

/** Seconds that a pod without a toleration of its own stays on a node that is not ready or unreachable. */
const DEFAULT_TOLERATION_SECONDS = 300;

/** Makes pods from the templates of workloads, with what admission adds. Pods of one template share one spec. */
export class PodFactory {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly series = new Map<Workload, PodSeries>();
  private readonly seriesByKey = new Map<string, PodSeries>();

  constructor({ sim, cluster }: ControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
  }

  /**
   * Creates a pod of `owner` under the next free name `OWNER-SUFFIX`; suffixes count up, so names follow the order of creation.
   * `change` replaces fields of the template's spec.
   */
  createNumbered(owner: Workload, change?: Partial<PodSpec>): Pod {
    return this.createIn(this.seriesOf(owner), owner, change);
  }

  /** As `createNumbered`, for an owner whose series the caller keeps. */
  createIn(series: PodSeries, owner: Workload, change?: Partial<PodSpec>): Pod {
    const podClass = this.classOf(owner, series, change);
    for (;;) {
      const pod = this.cluster.createSibling(podClass, series.next(), this.sim.now);
      if (pod) return pod;
    }
  }

  /** Creates the pod `name` of `owner`; `change` replaces fields of the template's spec. @throws Error when there is one of that name. */
  create(owner: Workload, name: string, change?: Partial<PodSpec>): Pod {
    const key = `${owner.namespace}/${name}`;
    const pod = this.cluster.createPod(this.classOf(owner, this.seriesOf(owner), change), hashed(key), this.sim.now);
    if (!pod) throw new Error(`pod ${key} exists already`);
    return pod;
  }

  /** The pods of `workload`. When it changes it is another object and goes on with its series. */
  private seriesOf(workload: Workload): PodSeries {
    const known = this.series.get(workload);
    if (known) return known;
    const key = workloadKey(workload);
    const series = this.seriesByKey.get(key) ?? new PodSeries(workload);
    this.seriesByKey.set(key, series);
    this.series.set(workload, series);
    return series;
  }

  private classOf(workload: Workload, series: PodSeries, change: Partial<PodSpec> | undefined): PodClass {
    if (change !== undefined) return this.newClassOf(workload, series, admit({ ...workload.template.spec, ...change }));
    const known = series.classOf(workload);
    if (known !== undefined) return known;
    const podClass = this.newClassOf(workload, series, admitted.of(workload.template.spec));
    series.remember(workload, podClass);
    return podClass;
  }

  private newClassOf({ namespace, template }: Workload, { owner }: PodSeries, spec: PodSpec): PodClass {
    const { labels, annotations } = template;
    return this.cluster.podClassOf({ namespace, labels, annotations, owner, spec });
  }
}

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

/** The spec that all pods of one template share. */
const admitted = new Remembered(admit);

function speaksOf({ key, effect }: Toleration, taintKey: string): boolean {
  return (key === taintKey || key === '') && (effect === undefined || effect === 'NoExecute');
}
