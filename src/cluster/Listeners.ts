import type { ChangeKind, ClusterListener } from './ClusterChange.ts';
import type { Pod } from './Pod.ts';
import { ClassTable, type PodClass } from './PodClass.ts';

/** Someone who is told of changes. */
export interface Hearer {
  readonly listener: ClusterListener;
  /** Its `onChange`, found once: there are too many kinds of listeners for a fast look-up at every change. */
  readonly tell: ClusterListener['onChange'];
}

/** Whoever is told of each kind of change. */
export type ByKind = Readonly<Record<ChangeKind, Hearer[]>>;

/** Whoever is told of changes, by kind of change and in the order in which they asked for it. */
export class Listeners {
  /** Whoever hears of a kind of change at all. */
  readonly all = nobody();
  /** Those of `all` whom the pods of a class concern. */
  private readonly ofClass = new ClassTable((podClass) => concerned(this.all, podClass));

  add(listener: ClusterListener): void {
    const hearer: Hearer = { listener, tell: listener.onChange.bind(listener) };
    if (listener.hears) for (const kind of listener.hears) this.all[kind].push(hearer);
    else for (const hearers of Object.values(this.all)) hearers.push(hearer);
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
  for (const kind of WITHIN_CLASS) listeners[kind] = all[kind].filter(({ listener }) => listener.concerns?.(podClass) ?? true);
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
