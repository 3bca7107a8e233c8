import type { ChangeKind, ClusterListener } from './ClusterChange.ts';
import type { Pod } from './Pod.ts';
import { ClassTable, type PodClass } from './PodClass.ts';

/** Someone who is told of changes. */
export interface Hearer {
  readonly listener: ClusterListener;
  /** Its `onChange`, found once: there are too many kinds of listeners for a fast look-up at every change. */
  readonly tell: ClusterListener['onChange'];
  /** Whether it is to be told now. */
  isListening: boolean;
}

/** Whoever is told of each kind of change. */
export type ByKind = Readonly<Record<ChangeKind, Hearer[]>>;

/** Whoever is told of changes, by kind of change and in the order in which they asked for it. */
export class Listeners {
  /** Whoever hears of a kind of change at all. */
  readonly all = nobody();
  private readonly alerted = new Set<ClusterListener>();
  private readonly whenAlert: Hearer[] = [];
  /** Those whom not every class of pods concerns. */
  private readonly choosy: ClusterListener[] = [];
  /** Those of `all` whom the pods of a class concern. */
  private readonly ofClass = new ClassTable((podClass) => this.concernedBy(podClass));
  /** The same, by who of the choosy ones is concerned: one list serves many classes. */
  private readonly audiences = new Map<string, ByKind>();

  add(listener: ClusterListener): void {
    const { hears = KINDS, hearsWhenAlert } = listener;
    const tell = listener.onChange.bind(listener);
    this.enter({ listener, tell, isListening: true }, hears);
    if (hearsWhenAlert) {
      const hearer = { listener, tell, isListening: this.alerted.has(listener) };
      this.whenAlert.push(hearer);
      this.enter(hearer, hearsWhenAlert);
    }
    if (listener.concerns) this.choosy.push(listener);
    this.ofClass.clear();
    this.audiences.clear();
  }

  alert(listener: ClusterListener): void {
    this.alerted.add(listener);
    for (const hearer of this.whenAlert) if (hearer.listener === listener) hearer.isListening = true;
  }

  calm(listener: ClusterListener): void {
    this.alerted.delete(listener);
    for (const hearer of this.whenAlert) if (hearer.listener === listener) hearer.isListening = false;
  }

  /** Whom changes of `pod` concern. */
  ofPod({ podClass }: Pod): ByKind {
    return this.ofClass.of(podClass);
  }

  private concernedBy(podClass: PodClass): ByKind {
    const indifferent = this.choosy.filter((listener) => !listener.concerns?.(podClass));
    const key = indifferent.map((listener) => this.choosy.indexOf(listener)).join();
    const known = this.audiences.get(key);
    if (known) return known;
    const audience = without(indifferent, this.all);
    this.audiences.set(key, audience);
    return audience;
  }

  private enter(hearer: Hearer, kinds: readonly ChangeKind[]): void {
    for (const kind of kinds) this.all[kind].push(hearer);
  }
}

/** A pod that has just come from another class is everyone's concern. */
function without(indifferent: readonly ClusterListener[], all: ByKind): ByKind {
  const listeners = { ...all };
  for (const kind of WITHIN_CLASS) listeners[kind] = all[kind].filter(({ listener }) => !indifferent.includes(listener));
  return listeners;
}

const WITHIN_CLASS = [
  ...(['podAdded', 'podBound', 'podNominated', 'podRunning', 'podPhaseChanged'] as const),
  ...(['podReadyChanged', 'podTerminating', 'podRemoved'] as const),
];

const KINDS: readonly ChangeKind[] = [
  ...WITHIN_CLASS,
  ...(['podUpdated', 'podReleased'] as const),
  ...(['nodeAdded', 'nodeUpdated', 'nodeRemoved', 'nodeVolumesChanged'] as const),
  ...(['workloadAdded', 'workloadUpdated', 'workloadRemoved'] as const),
  ...(['budgetAdded', 'budgetUpdated', 'budgetStatusChanged', 'budgetCharged', 'budgetRemoved'] as const),
  ...(['storageChanged', 'serviceChanged', 'eventRecorded'] as const),
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
    budgetCharged: [],
    budgetRemoved: [],
    storageChanged: [],
    serviceChanged: [],
    eventRecorded: [],
  };
}
