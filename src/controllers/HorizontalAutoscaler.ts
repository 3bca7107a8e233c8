import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { CpuTarget, HorizontalPodAutoscaler } from '../cluster/HorizontalPodAutoscaler.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Pod } from '../cluster/Pod.ts';
import { type Workload, workloadKey } from '../cluster/Workload.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Instant, seconds } from '../units.ts';
import { disputedTargets } from './disputedTargets.ts';
import { measurePods } from './measurePods.ts';
import { proposeReplicas } from './proposeReplicas.ts';
import type { ControllerOptions } from './Reconciler.ts';
import { scalingDecision } from './scalingDecision.ts';
import { type Scalable, settledReplicas } from './settledReplicas.ts';
import { toleranceOf } from './toleranceOf.ts';

/** What the autoscalers work on. */
export interface HorizontalAutoscalerOptions extends ControllerOptions {
  readonly version: KubernetesVersion;
  /** The load on a workload now, as the number of replicas that it would keep fully busy; undefined when it is not known. */
  readonly loadOf: (workload: Workload) => number | undefined;
}

/** How often each autoscaler looks at its workload, counted from t = 0. */
const SYNC_PERIOD = seconds(15);
/** No window and no period is longer. */
const MEMORY = seconds(3600);

/**
 * Sets the replicas of workloads by the CPU use that their load causes; those without a known load are left alone.
 *
 * The load is spread evenly over the pods that serve. A fully busy replica uses all of its CPU request and never more; use is known at
 * once, but not of pods that have only become Ready or whose node is silent or gone. Other metrics are not modelled. The rounds are
 * background events: they go on only while something else does.
 * @see kubernetes/kubernetes pkg/controller/podautoscaler/horizontal.go (reconcileAutoscaler)
 */
export class HorizontalAutoscaler implements ClusterListener {
  readonly on: ChangeHandlers = { workloadAdded: ({ workload }) => this.noteWorkload(workload) };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly version: KubernetesVersion;
  private readonly loadOf: HorizontalAutoscalerOptions['loadOf'];
  private readonly replicaSets = new Map<string, Set<string>>();
  private readonly disputed: ReadonlySet<string>;
  private readonly histories = new Map<string, History>();

  /** Plans the first round of every autoscaler whose workload has a known load. */
  constructor({ sim, cluster, version, loadOf }: HorizontalAutoscalerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.version = version;
    this.loadOf = loadOf;
    this.disputed = disputedTargets(cluster.autoscalers.values());
    for (const workload of cluster.workloads.values()) this.noteWorkload(workload);
    for (const autoscaler of cluster.autoscalers.values()) {
      const target = this.targetOf(autoscaler);
      if (target && loadOf(target) !== undefined) this.planRound(autoscaler);
    }
  }

  /**
   * Sets every workload with a known load to the replicas at which its autoscaler comes to rest, as if it had been running for a long time.
   */
  settle(): void {
    for (const autoscaler of this.cluster.autoscalers.values()) {
      const scale = this.scaleOf(autoscaler);
      if (!scale) continue;
      const { workload, load } = scale;
      const replicas = settledReplicas({ ...autoscaler, cpu: this.cpuTargetOf(autoscaler) }, workload, { load, version: this.version });
      if (replicas !== workload.replicas) this.cluster.updateWorkload({ ...workload, replicas });
    }
  }

  private noteWorkload(workload: Workload): void {
    const { kind, namespace, owner } = workload;
    if (kind !== 'ReplicaSet' || owner?.kind !== 'Deployment') return;
    const key = workloadKey({ kind: owner.kind, namespace, name: owner.name });
    this.replicaSets.set(key, (this.replicaSets.get(key) ?? new Set()).add(workloadKey(workload)));
  }

  private targetOf({ namespace, target }: HorizontalPodAutoscaler): Workload | undefined {
    return this.cluster.workloads.get(workloadKey({ namespace, ...target }));
  }

  /** undefined when there is nothing to scale or its load is not known; a workload of no replicas is left alone. */
  private scaleOf(autoscaler: HorizontalPodAutoscaler): Scale | undefined {
    const workload = this.targetOf(autoscaler);
    const load = workload && this.loadOf(workload);
    if (!workload || !('replicas' in workload) || workload.replicas === 0 || load === undefined) return undefined;
    return { workload, current: workload.replicas, load };
  }

  private planRound(autoscaler: HorizontalPodAutoscaler): void {
    const entity = `${autoscaler.namespace}/${autoscaler.name}`;
    const fire = () => {
      this.planRound(autoscaler);
      this.reconcile(autoscaler, this.historyOf(entity));
    };
    this.sim.schedule({ kind: 'autoscaler', entity, isBackground: true, fire }, after(this.sim.now, SYNC_PERIOD), 'React');
  }

  private historyOf(key: string): History {
    const known = this.histories.get(key);
    if (known) return known;
    const history: History = { recommendations: [], changes: [] };
    this.histories.set(key, history);
    return history;
  }

  private reconcile(autoscaler: HorizontalPodAutoscaler, history: History): void {
    const scale = this.scaleOf(autoscaler);
    if (!scale) return;
    const { workload, current } = scale;
    const now = this.sim.now;
    if (history.recommendations.length === 0) history.recommendations.push({ at: now, replicas: current });
    const { replicas, reason } = this.decide(autoscaler, history, scale);
    if (replicas === current) return;
    history.changes = [...history.changes, { at: now, replicas: replicas - current }].filter(({ at }) => isRecent(at, now));
    this.cluster.recordEvent(
      `HorizontalPodAutoscaler/${autoscaler.namespace}/${autoscaler.name}`,
      'SuccessfulRescale',
      `New size: ${replicas}; reason: ${reason}`,
    );
    this.cluster.updateWorkload({ ...workload, replicas });
  }

  private decide(autoscaler: HorizontalPodAutoscaler, history: History, { workload, current, load }: Scale): Decision {
    const { minReplicas, maxReplicas } = autoscaler;
    const cpu = this.cpuTargetOf(autoscaler);
    const now = this.sim.now;
    if (current > maxReplicas) return { replicas: maxReplicas, reason: 'Current number of replicas above Spec.MaxReplicas' };
    if (current < minReplicas) return { replicas: minReplicas, reason: 'Current number of replicas below Spec.MinReplicas' };
    if (!cpu) return { replicas: current, reason: '' };
    const isMeasured = (pod: Pod) => this.cluster.nodeOf(pod)?.isPosting === true;
    const pods = measurePods(this.podsOf(workload), { now, load, container: cpu.container, isMeasured });
    const proposal = proposeReplicas(current, pods, cpu, toleranceOf(autoscaler, this.version));
    if (proposal === undefined) return { replicas: current, reason: '' };
    const replicas = scalingDecision(autoscaler, history, { now, current, proposal });
    history.recommendations = [...history.recommendations, { at: now, replicas: proposal }].filter(({ at }) => isRecent(at, now));
    return {
      replicas,
      reason: proposal > current ? 'cpu resource utilization (percentage of request) above target' : 'All metrics below target',
    };
  }

  /** undefined when it does not use a CPU metric. */
  private cpuTargetOf({ namespace, target, cpu }: HorizontalPodAutoscaler): CpuTarget | undefined {
    return this.disputed.has(workloadKey({ namespace, ...target })) ? undefined : cpu;
  }

  private podsOf(workload: Workload): Pod[] {
    if (workload.kind !== 'Deployment') return [...this.cluster.podsOwnedBy(workload)];
    return [...(this.replicaSets.get(workloadKey(workload)) ?? [])].flatMap((key) => {
      const replicaSet = this.cluster.workloads.get(key);
      return replicaSet ? [...this.cluster.podsOwnedBy(replicaSet)] : [];
    });
  }
}

interface History {
  recommendations: { readonly at: Instant; readonly replicas: number }[];
  changes: { readonly at: Instant; readonly replicas: number }[];
}

interface Scale {
  readonly workload: Scalable;
  readonly current: number;
  readonly load: number;
}

interface Decision {
  readonly replicas: number;
  readonly reason: string;
}

function isRecent(at: Instant, now: Instant): boolean {
  return at > now - MEMORY;
}
