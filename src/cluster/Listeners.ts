import type { ChangeKind, ClusterListener } from './ClusterChange.ts';
import type { Pod } from './Pod.ts';
import { ClassTable, type PodClass } from './PodClass.ts';

/** Whoever is told of each kind of change. */
export type ByKind = Readonly<Record<ChangeKind, ClusterListener[]>>;

/** Whoever is told of changes, by kind of change and in the order in which they asked for it. */
export class Listeners {
  /** Whoever hears of a kind of change at all. */
  readonly all = nobody();
  /** Those of `all` whom the pods of a class concern. */
  private readonly ofClass = new ClassTable((podClass) => concerned(this.all, podClass));

  add(listener: ClusterListener): void {
    if (listener.hears) for (const kind of listener.hears) this.all[kind].push(listener);
    else for (const listeners of Object.values(this.all)) listeners.push(listener);
    this.ofClass.clear();
  }

  /** Whom changes of `pod` concern. */
  ofPod({ podClass }: Pod): ByKind {
    return this.ofClass.of(podClass);
  }
}

/** A pod that has just come from another class is everyone's concern. */
function concerned(all: ByKind, podClass: PodClass): ByKind {
  const listeners = { ...all };
  for (const kind of WITHIN_CLASS) listeners[kind] = all[kind].filter((listener) => listener.concerns?.(podClass) ?? true);
  return listeners;
}

const WITHIN_CLASS = [
  ...(['podAdded', 'podBound', 'podNominated', 'podRunning', 'podPhaseChanged'] as const),
  ...(['podReadyChanged', 'podTerminating', 'podRemoved'] as const),
];

function nobody(): ByKind {
  return {
    podAdded: [],
    podBound: [],
    podNominated: [],
    podRunning: [],
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
}
