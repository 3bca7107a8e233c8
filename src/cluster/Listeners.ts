import type { ChangeKind, ClusterChange, ClusterListener } from './ClusterChange.ts';

/** Whoever is told of changes, by kind of change and in the order in which they asked for it. */
export class Listeners {
  private readonly byKind: Readonly<Record<ChangeKind, ClusterListener[]>> = {
    podAdded: [],
    podBound: [],
    podNominated: [],
    podPhaseChanged: [],
    podReadyChanged: [],
    podTerminating: [],
    podUpdated: [],
    podReleased: [],
    podRemoved: [],
    nodeAdded: [],
    nodeUpdated: [],
    nodeRemoved: [],
    nodeVolumesChanged: [],
    workloadAdded: [],
    workloadUpdated: [],
    workloadRemoved: [],
    budgetAdded: [],
    budgetUpdated: [],
    budgetStatusChanged: [],
    budgetRemoved: [],
    storageChanged: [],
    serviceChanged: [],
    eventRecorded: [],
  };

  add(listener: ClusterListener): void {
    if (listener.hears) for (const kind of listener.hears) this.byKind[kind].push(listener);
    else for (const listeners of Object.values(this.byKind)) listeners.push(listener);
  }

  tell(change: ClusterChange): void {
    const listeners = this.byKind[change.kind];
    for (let i = 0; i < listeners.length; i += 1) listeners[i]?.onChange(change);
  }
}
