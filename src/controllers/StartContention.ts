import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { amountOf } from '../cluster/ResourceList.ts';
import type { Simulation } from '../sim/Simulation.ts';
import type { Duration, MilliCpu } from '../units.ts';
import { SharedRate } from './SharedRate.ts';

export interface StartContentionOptions {
  readonly sim: Simulation;
  /** CPU that one start uses as long as nothing slows it down, above 0. */
  readonly cpu: MilliCpu;
}

/** One start of a pod. */
export interface ContendedStart {
  readonly pod: Pod;
  readonly node: Node;
  /** How long it takes with `cpu` to itself. */
  readonly work: Duration;
  /** Called when the work is done, unless it is stopped before. */
  readonly done: () => void;
}

/**
 * Lets pods that start on one node share its allocatable CPU equally. While it suffices for all of them each start takes its own time;
 * beyond that all slow down in proportion, recalculated whenever a start begins or ends.
 *
 * Requests and limits do not affect the shares, and pods that have started use nothing.
 */
export class StartContention {
  private readonly sim: Simulation;
  private readonly cpu: MilliCpu;
  private readonly nodes = new Map<Node, SharedRate<ContendedStart>>();
  private readonly starts = new Map<Pod, ContendedStart>();

  constructor({ sim, cpu }: StartContentionOptions) {
    this.sim = sim;
    this.cpu = cpu;
  }

  begin(start: ContendedStart): void {
    this.starts.set(start.pod, start);
    const available = amountOf(start.node.allocatable, 'cpu');
    const registryRate = available > 0 ? (available / this.cpu) * ALONE : Number.POSITIVE_INFINITY;
    this.sharesOf(start.node).add(start, (start.work / 1000) * ALONE, { nodeRate: ALONE, registryRate });
  }

  /** Breaks off the start of `pod`, if it is under way: the others go faster. */
  stop(pod: Pod): void {
    const start = this.starts.get(pod);
    if (!start) return;
    this.starts.delete(pod);
    this.nodes.get(start.node)?.remove(start);
  }

  private sharesOf(node: Node): SharedRate<ContendedStart> {
    const known = this.nodes.get(node);
    if (known) return known;
    const shares = new SharedRate<ContendedStart>({ sim: this.sim, kind: 'podStarted', done: (start) => this.finish(start) });
    this.nodes.set(node, shares);
    return shares;
  }

  /** Two may be done at once, and the first may break off the second. */
  private finish(start: ContendedStart): void {
    if (this.starts.get(start.pod) !== start) return;
    this.starts.delete(start.pod);
    start.done();
  }
}

/** What a start without contention gets done in a second: microseconds, as SharedRate counts whole units. */
const ALONE = 1_000_000;
