import type { Cluster } from '../cluster/Cluster.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Node, NodeDescription } from '../cluster/Node.ts';
import type { Kubelet } from '../controllers/Kubelet.ts';
import type { Wait } from '../sim/Process.ts';
import { firstOf, Signal } from '../sim/Process.ts';
import type { Simulation } from '../sim/Simulation.ts';
import type { Duration } from '../units.ts';
import type { ClusterWatch } from './ClusterWatch.ts';
import type { Opening } from './MaintenancePlan.ts';

/** What the processes of a roll work with. */
export interface RollContext {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  /** Of the control plane, and of the client that drains nodes. */
  readonly version: KubernetesVersion;
  readonly watch: ClusterWatch;
  /** The machines behind the nodes. */
  readonly kubelet: Pick<Kubelet, 'refuse' | 'kill' | 'stop' | 'start'>;
  /** How long the next reset of `node` takes, from its start to kubelet Ready; NEVER when it does not come back. */
  resetTime(node: Node): Duration;
  /**
   * How long a new machine like that of `model` takes from the request for it to kubelet Ready; NEVER when it does not get there. `name` is
   * that of its node.
   */
  bootTime(model: NodeDescription, name: string): Duration;
  /** How long it takes from the end of its service until the machine of `node` is gone. */
  deletionTime(node: Node): Duration;
  /** Names of the persistent volumes whose data a reset has destroyed so far. */
  readonly destroyedVolumes: Set<string>;
  readonly closing: Closing;
  /** The maintenance windows that begin before the horizon, in order of time and apart from one another; absent: nodes may start at any time. */
  readonly openings?: readonly Opening[];
}

/** The end of a run before the roll is over: every process that still waits continues and returns what it has. */
export class Closing {
  private readonly signal = new Signal();
  private why: string | undefined;

  /** Why the run ends, undefined while it goes on. */
  get reason(): string | undefined {
    return this.why;
  }

  /** Ends the run for everyone who waits. */
  close(reason: string): void {
    this.why = reason;
    this.signal.fire();
  }

  /**
   * Waits for the first of `waits`, or for the closing of the run; returns no wait if the run is closing already. To be used with `yield*`.
   */
  orUntil(...waits: readonly Wait[]): readonly Wait[] {
    return this.why === undefined ? [firstOf(...waits, this.signal)] : [];
  }
}
