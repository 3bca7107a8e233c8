import type { Cluster } from '../cluster/Cluster.ts';
import type { Node, NodeDescription } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { ClassTable, type PodClass, type PodTraits } from '../cluster/PodClass.ts';
import { workloadKey } from '../cluster/Workload.ts';
import type { RegistrationTiming } from '../controllers/LateRegistration.ts';
import { fitsNode } from '../scenario/fitsNode.ts';
import { fitsPod } from '../scenario/fitsPod.ts';
import { hasLabels } from '../scenario/hasLabels.ts';
import type { Crashes, NodeTiming, PodTiming, PodTimingMatch, Scenario, Timing } from '../scenario/Scenario.ts';
import type { Distribution } from '../sim/Distribution.ts';
import type { KinStreams } from '../sim/KinStreams.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { sample } from '../sim/sample.ts';
import { type Duration, NEVER, ZERO } from '../units.ts';
import { topWorkload } from './topWorkload.ts';

/** How long things take in one run: the scenario's distributions, drawn from streams named after what they time. */
export class Timings {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly timing: Timing;
  private readonly starts = new Map<string, number>();
  /** Where the times of pods are drawn from; those of one class are kin. */
  private readonly streams: Readonly<Record<PodTime, KinStreams>>;
  /** The entries for each class, if no entry goes by workloads: these may come and go. */
  private readonly byClass: ClassTable<PodTiming> | undefined;
  /** When the network of a node that was reset or made works, by node name. */
  private readonly networkAt = new Map<string, number>();

  constructor(sim: Simulation, cluster: Cluster, { timing }: Pick<Scenario, 'timing'>) {
    this.sim = sim;
    this.cluster = cluster;
    this.timing = timing;
    this.streams = {
      start: sim.kinStreams('start'),
      ready: sim.kinStreams('ready'),
      gates: sim.kinStreams('gates'),
      complete: sim.kinStreams('complete'),
      exit: sim.kinStreams('exit'),
    };
    const goesByWorkload = timing.pods.some(({ match }) => match.workload !== undefined);
    this.byClass = goesByWorkload ? undefined : new ClassTable((podClass) => entryFor(timing, podClass));
  }

  get images(): Timing['images'] {
    return this.timing.images;
  }

  /** Draws how long the next reset of `node` takes: the same series for one node under every setting of the roll. */
  reset(node: Node): Duration {
    const entry = this.timing.nodes.find(({ match }) => fitsNode(match, node));
    if (!entry) return missing('nodes', node.name);
    const time = sample(entry.reset, this.sim.briefStream('reset', node.lot));
    this.delayNetwork(entry, node.name, time);
    return time;
  }

  /**
   * Draws how long the next new machine like that of `model` takes; `name` is that of its node. Where nothing is said of new machines they take
   * as long as a reset.
   */
  boot(model: NodeDescription, name: string): Duration {
    const entry = this.timing.nodes.find(({ match }) => fitsNode(match, model));
    if (!entry) return missing('nodes', model.name);
    const time = sample(entry.boot ?? entry.reset, this.sim.briefStream('boot', model.name));
    this.delayNetwork(entry, name, time);
    return time;
  }

  /** Draws how long the deletion of the machine of `node` takes. */
  deletion(node: Node): Duration {
    const { deletion } = this.timing.nodes.find(({ match }) => fitsNode(match, node)) ?? missing('nodes', node.name);
    return deletion ? sample(deletion, this.sim.briefStream('deletion', node.name)) : ZERO;
  }

  /** Notes when the network of a node works whose machine takes `time` from now. */
  private delayNetwork({ registration }: NodeTiming, name: string, time: Duration): void {
    const { networkAfter } = registration ?? {};
    if (networkAfter) this.networkAt.set(name, this.sim.now + time + sample(networkAfter, this.sim.stream('network', name)));
  }

  /** Draws how long after Ready the labels and devices of `node` come. */
  registration(node: Node): RegistrationTiming {
    const { labelsAfter, devicesAfter } = this.timing.nodes.find(({ match }) => fitsNode(match, node))?.registration ?? {};
    return {
      labelsAfter: labelsAfter ? sample(labelsAfter, this.sim.stream('labels', node.name)) : ZERO,
      devicesAfter: devicesAfter ? sample(devicesAfter, this.sim.stream('devices', node.name)) : ZERO,
    };
  }

  /**
   * Draws the time from binding to Running for `pod`, without image pulls; NEVER for one that fails to start. On a node whose network is not
   * up yet it begins when it is.
   */
  start(pod: Pod): Duration {
    if (pod.spec.failsToStart !== undefined) return NEVER;
    const { start } = this.of(pod);
    const time = start ? this.draw(start, this.streams.start, pod) : ZERO;
    if (this.networkAt.size === 0) return time;
    const networkAt = this.networkAt.get(pod.nodeName ?? '') ?? 0;
    return networkAt > this.sim.now ? ((networkAt - this.sim.now + time) as Duration) : time;
  }

  /** Draws the time from Running to the end of `pod` by itself; NEVER for one that does not end. */
  complete(pod: Pod): Duration {
    const { complete } = this.of(pod);
    return complete ? this.draw(complete, this.streams.complete, pod) : NEVER;
  }

  /** Draws the time from Running to Ready for `pod`; NEVER for one that crashes for ever. */
  ready(pod: Pod): Duration {
    const { ready, crashes } = this.of(pod);
    const time = this.draw(ready, this.streams.ready, pod);
    return crashes && isEndless(crashes) ? NEVER : time;
  }

  /** What the time that `ready` draws for `pod` ends with. */
  readyIs(pod: Pod): 'Ready' | 'answering' {
    return this.of(pod).readyIs ?? 'Ready';
  }

  /** Whether `pod` neither ends by itself nor waits for its probes. */
  runsOn(pod: Pod): boolean {
    const { complete, crashes, readyIs } = this.of(pod);
    return complete === undefined && crashes === undefined && readyIs !== 'answering';
  }

  /** Draws the time from Ready containers to true readiness gates for `pod`. */
  gates(pod: Pod): Duration {
    const { gates } = this.of(pod);
    return gates ? this.draw(gates, this.streams.gates, pod) : ZERO;
  }

  /** The time from Running to the failure of this start of `pod`, and counts the failure; NEVER when it does not fail. */
  crash(pod: Pod): Duration {
    const { crashes } = this.of(pod);
    if (!crashes || isEndless(crashes)) return NEVER;
    const started = this.starts.get(pod.uid) ?? 0;
    this.starts.set(pod.uid, started + 1);
    const isFailing = started < (crashes.count ?? 0) || this.sim.now < (crashes.until ?? 0);
    return isFailing ? crashes.after : NEVER;
  }

  /** Draws the time from SIGTERM to the end of each container of `pod`, without regard to its grace period. */
  exit(pod: Pod): Duration {
    return this.draw(this.of(pod).exit, this.streams.exit, pod);
  }

  /** A constant takes no number, so it needs no stream. */
  private draw(distribution: Distribution, streams: KinStreams, pod: Pod): Duration {
    if (distribution.kind === 'constant' && !distribution.never) return distribution.value;
    return sample(distribution, streams.streamOf(pod.podClass.id, pod.key, pod.stem));
  }

  private of(pod: Pod): PodTiming {
    const { byClass } = this;
    return byClass === undefined ? this.find(pod) : byClass.of(pod.podClass);
  }

  private find(pod: Pod): PodTiming {
    const entry = this.timing.pods.find(({ match }) => this.belongsTo(match.workload, pod) && matchesTraits(match, pod));
    return entry ?? missing('pods', pod.key);
  }

  private belongsTo(workload: string | undefined, pod: Pod): boolean {
    return workload === undefined || workload === workloadKey(topWorkload(this.cluster, pod));
  }
}

/** What is drawn for a pod, by the name of its random stream. */
type PodTime = 'start' | 'ready' | 'gates' | 'complete' | 'exit';

function matchesTraits({ workload: _, annotations, ...match }: PodTimingMatch, traits: PodTraits): boolean {
  return fitsPod(match, traits) && hasLabels(traits.annotations, annotations);
}

function entryFor({ pods }: Timing, podClass: PodClass): PodTiming {
  return pods.find(({ match }) => matchesTraits(match, podClass)) ?? missing('pods', `pods of ${podClass.ownerKey ?? podClass.namespace}`);
}

function isEndless({ count, until }: Crashes): boolean {
  return count === undefined && until === undefined;
}

function missing(list: string, name: string): never {
  throw new Error(`timing.${list} has no entry for ${name}: the list must end with one that matches everything`);
}
