import type { ChangeKind, ClusterChange, ClusterListener } from './ClusterChange.ts';
import type { Pod } from './Pod.ts';
import { ClassTable, type PodClass } from './PodClass.ts';

/** Tells a listener of a change. */
export type Tell = (change: ClusterChange) => void;

type ByKind<T> = Record<ChangeKind, T[]>;

/** Whoever is told of changes, by kind of change and in the order in which they asked for it. */
export class Listeners {
  /** Whoever is told of a kind of change at all. */
  readonly all = nobody<Tell>();
  private readonly hearers = nobody<Hearer>();
  private readonly alerted = new Set<ClusterListener>();
  /** Those whom not every class of pods concerns. */
  private readonly choosy: ClusterListener[] = [];
  /** Those of `all` whom the pods of a class concern. */
  private readonly ofClass = new ClassTable((podClass) => this.audienceOf(podClass));
  /** The same, by whom of the choosy it concerns, one letter each: one list serves many classes. */
  private readonly audiences = new Map<string, Audience>();

  add(listener: ClusterListener): void {
    const { hears = KINDS, hearsWhenAlert = [] } = listener;
    // There are too many kinds of listeners for a fast look-up of `onChange` at every change.
    const tell = listener.onChange.bind(listener);
    for (const kind of hears) this.hearers[kind].push({ listener, tell, isAlways: true });
    for (const kind of hearsWhenAlert) this.hearers[kind].push({ listener, tell, isAlways: false });
    for (const kind of [...hears, ...hearsWhenAlert]) this.all[kind] = this.listOf(kind, []);
    if (listener.concerns) this.choosy.push(listener);
    this.ofClass.clear();
    this.audiences.clear();
  }

  alert(listener: ClusterListener): void {
    if (this.alerted.has(listener)) return;
    this.alerted.add(listener);
    this.listAgain(listener);
  }

  calm(listener: ClusterListener): void {
    if (this.alerted.delete(listener)) this.listAgain(listener);
  }

  /** Whom changes of `pod` concern. */
  ofPod({ podClass }: Pod): Readonly<ByKind<Tell>> {
    return this.ofClass.of(podClass).told;
  }

  /** Makes the lists anew in which `listener` may be. Whoever goes through a list now sees it as it was. */
  private listAgain(listener: ClusterListener): void {
    for (const kind of listener.hearsWhenAlert ?? []) {
      this.all[kind] = this.listOf(kind, []);
      for (const { told, indifferent } of this.audiences.values()) {
        const isTold = LEAVING_CLASS.has(kind) || !indifferent.includes(listener);
        if (isTold) told[kind] = this.listOf(kind, indifferent);
      }
    }
  }

  private listOf(kind: ChangeKind, indifferent: readonly ClusterListener[]): Tell[] {
    const told: Tell[] = [];
    const others = LEAVING_CLASS.has(kind) ? [] : indifferent;
    for (const { listener, tell, isAlways } of this.hearers[kind]) {
      if ((isAlways || this.alerted.has(listener)) && !others.includes(listener)) told.push(tell);
    }
    return told;
  }

  private audienceOf(podClass: PodClass): Audience {
    let key = '';
    for (const listener of this.choosy) key += listener.concerns?.(podClass) ? CONCERNED : INDIFFERENT;
    const known = this.audiences.get(key);
    if (known) return known;
    const indifferent = this.choosy.filter((_, index) => key[index] === INDIFFERENT);
    const audience = { told: nobody<Tell>(), indifferent };
    for (const kind of KINDS) audience.told[kind] = this.listOf(kind, indifferent);
    this.audiences.set(key, audience);
    return audience;
  }
}

interface Hearer {
  readonly listener: ClusterListener;
  readonly tell: Tell;
  /** Whether it is told even when it is not alert. */
  readonly isAlways: boolean;
}

interface Audience {
  readonly told: ByKind<Tell>;
  /** Those whom its classes do not concern. */
  readonly indifferent: readonly ClusterListener[];
}

const CONCERNED = 'c';
const INDIFFERENT = 'i';

/** A pod that has just come from another class is everyone's concern. */
const LEAVING_CLASS: ReadonlySet<ChangeKind> = new Set(['podUpdated', 'podReleased']);

function nobody<T>(): ByKind<T> {
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
    budgetFloorChanged: [],
    budgetCharged: [],
    budgetRemoved: [],
    storageChanged: [],
    serviceChanged: [],
    eventRecorded: [],
  };
}

const KINDS = keysOf(nobody());

function keysOf<T extends object>(object: T): readonly Extract<keyof T, string>[] {
  const keys: Extract<keyof T, string>[] = [];
  for (const key in object) keys.push(key);
  return keys;
}
