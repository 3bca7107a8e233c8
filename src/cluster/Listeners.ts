import type { ChangeKind, ClusterChange, ClusterListener } from './ClusterChange.ts';
import type { Pod } from './Pod.ts';
import { ClassTable } from './PodClass.ts';

/** Tells a listener of a change. */
export type Tell = (change: ClusterChange) => void;

type ByKind<T> = Record<ChangeKind, T[]>;

/** Whoever is told of changes, by kind of change and in the order in which they asked for it. */
export class Listeners {
  private readonly hearers = nobody<Hearer>();
  /** Those who hear of more when they are alert. */
  private readonly watchful: ClusterListener[] = [];
  private readonly alerted = new Set<ClusterListener>();
  /** Those whom not every class of pods concerns. */
  private readonly choosy: ClusterListener[] = [];
  /** Whom of the choosy a class concerns, one letter each. */
  private readonly concerned = new ClassTable((podClass) => letters(this.choosy, ({ concerns }) => concerns?.(podClass) ?? true));
  /** Who is told of what as things stand; undefined until somebody asks. */
  private audience: Audience | undefined = undefined;
  /** The same, by whom of the watchful is alert, one letter each: they are so again and again. */
  private readonly audiences = new Map<string, Audience>();

  /** Whoever is told of a kind of change at all. */
  get all(): Readonly<ByKind<Tell>> {
    return this.present().all;
  }

  add(listener: ClusterListener): void {
    const { hears = KINDS, hearsWhenAlert = [] } = listener;
    // There are too many kinds of listeners for a fast look-up of `onChange` at every change.
    const tell = listener.onChange.bind(listener);
    for (const kind of hears) this.hearers[kind].push({ listener, tell, isAlways: true });
    for (const kind of hearsWhenAlert) this.hearers[kind].push({ listener, tell, isAlways: false });
    if (hearsWhenAlert.length > 0) this.watchful.push(listener);
    if (listener.concerns) this.choosy.push(listener);
    this.concerned.clear();
    this.audiences.clear();
    this.audience = undefined;
  }

  alert(listener: ClusterListener): void {
    if (this.alerted.has(listener)) return;
    this.alerted.add(listener);
    this.audience = undefined;
  }

  calm(listener: ClusterListener): void {
    if (this.alerted.delete(listener)) this.audience = undefined;
  }

  /** Whom changes of `pod` concern. */
  ofPod({ podClass }: Pod): Readonly<ByKind<Tell>> {
    return this.present().ofClass.of(podClass);
  }

  private present(): Audience {
    this.audience ??= this.findAudience();
    return this.audience;
  }

  private findAudience(): Audience {
    const key = letters(this.watchful, (listener) => this.alerted.has(listener));
    const known = this.audiences.get(key);
    if (known) return known;
    const byConcerned = new Map<string, ByKind<Tell>>();
    const toldOf = (concerned: string): ByKind<Tell> => {
      const told = byConcerned.get(concerned) ?? this.told(this.choosy.filter((_, index) => concerned[index] === NO));
      byConcerned.set(concerned, told);
      return told;
    };
    const audience = { all: this.told([]), ofClass: new ClassTable((podClass) => toldOf(this.concerned.of(podClass))) };
    this.audiences.set(key, audience);
    return audience;
  }

  /** Who is told of what as things stand, when classes do not concern those who are `indifferent`. */
  private told(indifferent: readonly ClusterListener[]): ByKind<Tell> {
    const told = nobody<Tell>();
    for (const kind of KINDS) {
      const others = LEAVING_CLASS.has(kind) ? [] : indifferent;
      for (const { listener, tell, isAlways } of this.hearers[kind]) {
        if ((isAlways || this.alerted.has(listener)) && !others.includes(listener)) told[kind].push(tell);
      }
    }
    return told;
  }
}

interface Hearer {
  readonly listener: ClusterListener;
  readonly tell: Tell;
  /** Whether it is told even when it is not alert. */
  readonly isAlways: boolean;
}

/** Who is told of what as long as nobody becomes alert or calm. */
interface Audience {
  /** Whoever is told of a kind of change at all. */
  readonly all: ByKind<Tell>;
  /** Those of them whom the pods of a class concern; one list serves many classes. */
  readonly ofClass: ClassTable<ByKind<Tell>>;
}

const YES = 'y';
const NO = 'n';

/** A letter for each of `listeners`: whether `holds` is true of it. */
function letters(listeners: readonly ClusterListener[], holds: (listener: ClusterListener) => boolean): string {
  let all = '';
  for (const listener of listeners) all += holds(listener) ? YES : NO;
  return all;
}

/** A pod that has just come from another class is everyone's concern. */
const LEAVING_CLASS: ReadonlySet<ChangeKind> = new Set(['podUpdated', 'podReleased']);

function nobody<T>(): ByKind<T> {
  return {
    podAdded: [],
    podGiven: [],
    podClassBegun: [],
    podBound: [],
    podNominated: [],
    podRunning: [],
    podPhaseChanged: [],
    podReadyChanged: [],
    podTerminating: [],
    podUpdated: [],
    podReleased: [],
    podRemoved: [],
    podLost: [],
    podClassEnded: [],
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
