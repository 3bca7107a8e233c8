import type { ClusterListener } from '../cluster/ClusterChange.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { Signal } from '../sim/Process.ts';
import { BudgetLots } from './BudgetLots.ts';
import { PodWatch } from './PodWatch.ts';
import { Signals } from './Signals.ts';
import { UncheckedDeletions } from './UncheckedDeletions.ts';

/** Lets processes of a roll wait for changes of one pod, one budget or one node. */
export class ClusterWatch {
  readonly pods = new PodWatch();
  /** Evictions that wait for their budgets. */
  readonly lots = new BudgetLots();
  /** What all drains that delete know of one another's deletions. */
  readonly deletions = new UncheckedDeletions();
  /** The names of the nodes whose objects were removed by a reset that will create them again. */
  readonly returning = new Set<string>();
  private readonly nodes = new Signals<string>();
  /** To be subscribed to the cluster, each for the changes that it is about. */
  readonly listeners: readonly ClusterListener[] = [
    this.pods,
    this.lots,
    { on: { nodeRemoved: ({ node }) => this.nodes.fire(node.name) } },
  ];

  /** Fires whenever `pod` changes or is removed. */
  pod(pod: Pod): Signal {
    return this.pods.signals.of(pod);
  }

  /** Fires when the Node object `name` is removed. */
  nodeRemoved(name: string): Signal {
    return this.nodes.of(name);
  }
}
