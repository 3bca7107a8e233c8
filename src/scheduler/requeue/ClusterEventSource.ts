import type { Cluster } from '../../cluster/Cluster.ts';
import type { ClusterChange } from '../../cluster/ClusterChange.ts';
import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { ClusterEvent } from './ClusterEvent.ts';
import { nodeEvents } from './nodeEvents.ts';
import { podEvents } from './podEvents.ts';
import { StorageEvents } from './StorageEvents.ts';

/**
 * Puts the changes of a cluster into the scheduler's events; most changes are none.
 * @see kubernetes/kubernetes pkg/scheduler/eventhandlers.go
 */
export class ClusterEventSource {
  private readonly version: KubernetesVersion;
  private readonly storage: StorageEvents;

  constructor(cluster: Cluster, version: KubernetesVersion) {
    this.version = version;
    this.storage = new StorageEvents(cluster.storage);
  }

  /** The events that `change` is, one per aspect. Every change must be given, in order. */
  eventsOf(change: ClusterChange): readonly ClusterEvent[] {
    switch (change.kind) {
      case 'podAdded':
      case 'podBound':
      case 'podRemoved':
      case 'podNominated':
      case 'podPhaseChanged':
      case 'podUpdated':
        return podEvents(change, this.version);
      case 'nodeAdded':
        return [{ name: 'NodeAdd', details: { node: change.node } }];
      case 'nodeRemoved':
        return [{ name: 'NodeDelete', details: { node: change.node } }];
      case 'nodeUpdated':
        return nodeEvents(change);
      case 'storageChanged':
        return this.storage.eventsOf(change);
      default:
        return NO_EVENTS;
    }
  }
}

const NO_EVENTS: readonly ClusterEvent[] = [];
