import type { ClusterListener } from '../cluster/ClusterChange.ts';
import type { Pod } from '../cluster/Pod.ts';
import { Signal } from '../sim/Process.ts';
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
  /** The names of the nodes whose machines a reset has taken away. */
  readonly away = new Set<string>();
  /** Fires whenever a node becomes Ready or ceases to be, is cordoned or uncordoned, or is removed. */
  readonly availability = new Signal();
  private readonly nodes = new Signals<string>();
  /** To be subscribed to the cluster, each for the changes that it is about. */
  readonly listeners: readonly ClusterListener[] = [
    this.pods,
    this.lots,
    {
      on: {
        nodeUpdated: ({ node, before }) => {
          if (node.ready !== before.ready || node.unschedulable !== before.unschedulable) this.availability.fire();
        },
        nodeRemoved: ({ node }) => {
          this.nodes.fire(node.name);
          this.availability.fire();
        },
      },
    },
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
