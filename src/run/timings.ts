import type { Cluster } from '../cluster/Cluster.ts';
import type { Labels } from '../cluster/LabelSelector.ts';
import { selectorMatches } from '../cluster/LabelSelector.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { workloadKey } from '../cluster/Workload.ts';
import type { NodeMatch, PodMatch, PodTiming, PodTimingMatch, Scenario, Timing } from '../scenario/Scenario.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { sample } from '../sim/sample.ts';
import { type Duration, NEVER, ZERO } from '../units.ts';
import { topWorkload } from './topWorkload.ts';

/** How long things take in one run: the scenario's distributions, drawn from streams named after what they time. */
export class Timings {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly timing: Timing;

  constructor(sim: Simulation, cluster: Cluster, { timing }: Pick<Scenario, 'timing'>) {
    this.sim = sim;
    this.cluster = cluster;
    this.timing = timing;
  }

  get images(): Timing['images'] {
    return this.timing.images;
  }

  /** Draws how long the next reset of `node` takes: the same series for one node under every setting of the roll. */
  reset(node: Node): Duration {
    const entry = this.timing.nodes.find(({ match }) => matchesNode(match, node));
    return entry ? sample(entry.reset, this.sim.stream('reset', node.name)) : missing('nodes', node.name);
  }

  /** Draws the time from binding to Running for `pod`, without image pulls. */
  start(pod: Pod): Duration {
    const { start } = this.of(pod);
    return start ? sample(start, this.sim.stream('start', pod.key)) : ZERO;
  }

  /** Draws the time from Running to the end of `pod` by itself; NEVER for one that does not end. */
  complete(pod: Pod): Duration {
    const { complete } = this.of(pod);
    return complete ? sample(complete, this.sim.stream('complete', pod.key)) : NEVER;
  }

  /** Draws the time from Running to Ready for `pod`. */
  ready(pod: Pod): Duration {
    return sample(this.of(pod).ready, this.sim.stream('ready', pod.key));
  }

  /** Draws the time from deletion to gone for `pod`, without regard to its grace period. */
  exit(pod: Pod): Duration {
    return sample(this.of(pod).exit, this.sim.stream('exit', pod.key));
  }

  private matches({ workload, annotations, ...match }: PodTimingMatch, pod: Pod): boolean {
    if (workload !== undefined && workload !== workloadKey(topWorkload(this.cluster, pod))) return false;
    return matchesPod(match, pod) && hasLabels(pod.annotations, annotations);
  }

  private of(pod: Pod): PodTiming {
    return this.timing.pods.find(({ match }) => this.matches(match, pod)) ?? missing('pods', pod.key);
  }
}

/** Whether every field that `match` gives holds for `node`. */
export function matchesNode({ names, labels }: NodeMatch, node: Pick<Node, 'name' | 'labels'>): boolean {
  return (names?.includes(node.name) ?? true) && hasLabels(node.labels, labels);
}

/** Whether every field that `match` gives holds for an object of that namespace and labels. */
export function matchesPod({ namespace, labels }: PodMatch, object: { readonly namespace: string; readonly labels: Labels }): boolean {
  return (namespace === undefined || namespace === object.namespace) && hasLabels(object.labels, labels);
}

function hasLabels(labels: Labels, wanted: Labels = {}): boolean {
  const requirements = Object.entries(wanted).map(([key, value]) => ({ key, operator: 'In' as const, values: [value] }));
  return selectorMatches({ requirements }, labels);
}

function missing(list: string, name: string): never {
  throw new Error(`timing.${list} has no entry for ${name}: the list must end with one that matches everything`);
}
