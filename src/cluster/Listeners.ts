import type { ChangeHandlers, ChangeKind, ChangeOf, ClusterChange, ClusterListener } from './ClusterChange.ts';
import type { Pod } from './Pod.ts';
import { ClassNumbers, type PodClass } from './PodClass.ts';

/** Tells a listener of a change of one kind. */
export type Tell<Kind extends ChangeKind> = (change: ChangeOf<Kind>) => void;

/** The functions to call, by kind of change and in the order in which they subscribed. */
export type Told = { readonly [Kind in ChangeKind]: readonly Tell<Kind>[] };

/** The listeners of a cluster, by kind of change and in the order in which they subscribed. */
export class Listeners {
  private readonly members: ClusterListener[] = [];
  /** Those who hear of more when they are alert. */
  private readonly watchful: ClusterListener[] = [];
  private readonly alerted = new Set<ClusterListener>();
  /** Listeners that only some classes of pods concern. */
  private readonly choosy: ClusterListener[] = [];
  /**
   * Which of the choosy listeners a class of pods concerns, one letter for each of them. Few combinations occur, whatever the number of
   * classes.
   */
  private circles: string[] = [];
  /** In which circle a class is, by its number. */
  private readonly circleOf = new ClassNumbers((podClass) => this.findCircle(podClass));
  /** Who is told of what at present; undefined until it is needed. */
  private audience: Audience | undefined = undefined;
  /** The same, by which of the watchful listeners are alert, one letter each: the same combinations come again and again. */
  private readonly audiences = new Map<string, Audience>();

  /** Those who listen to a kind of change at all. */
  get all(): Told {
    return this.present().all;
  }

  add(listener: ClusterListener): void {
    this.members.push(listener);
    if (listener.onWhenAlert) this.watchful.push(listener);
    if (listener.concerns) this.choosy.push(listener);
    this.circles = [];
    this.circleOf.clear();
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

  /** Those whom changes of `pod` concern. */
  ofPod({ podClass }: Pod): Told {
    const { ofCircle } = this.present();
    const circle = this.circleOf.of(podClass);
    return ofCircle[circle] ?? this.enter(circle, ofCircle);
  }

  private present(): Audience {
    this.audience ??= this.findAudience();
    return this.audience;
  }

  private findAudience(): Audience {
    const key = letters(this.watchful, (listener) => this.alerted.has(listener));
    const known = this.audiences.get(key);
    if (known) return known;
    const audience = { all: this.told([]), ofCircle: [] };
    this.audiences.set(key, audience);
    return audience;
  }

  private findCircle(podClass: PodClass): number {
    const circle = letters(this.choosy, ({ concerns }) => concerns?.(podClass) ?? true);
    if (!this.circles.includes(circle)) this.circles.push(circle);
    return this.circles.indexOf(circle);
  }

  /** Finds out who is told in a circle. */
  private enter(circle: number, ofCircle: Told[]): Told {
    const told = this.told(this.choosy.filter((_, index) => this.circles[circle]?.[index] === NO));
    ofCircle[circle] = told;
    return told;
  }

  /** Who is told of what at present, about classes that do not concern the `indifferent` listeners. */
  private told(indifferent: readonly ClusterListener[]): Told {
    const told = nobody();
    for (const listener of this.members) {
      const concerned = indifferent.includes(listener) ? FOR_ALL : undefined;
      enlist(told, listener.on, concerned);
      if (listener.onWhenAlert && this.alerted.has(listener)) enlist(told, listener.onWhenAlert, concerned);
    }
    return told;
  }
}

/** Who is told of what until a listener becomes alert or calm. */
interface Audience {
  /** Whoever is told of a kind of change at all. */
  readonly all: Told;
  /** Those of them whom the pods of a circle of classes concern, as far as it was asked for. */
  readonly ofCircle: Told[];
}

const YES = 'y';
const NO = 'n';

/** A letter for each of `listeners`: whether `holds` is true of it. */
function letters(listeners: readonly ClusterListener[], holds: (listener: ClusterListener) => boolean): string {
  let all = '';
  for (const listener of listeners) all += holds(listener) ? YES : NO;
  return all;
}

/** Everyone is interested in a pod that has just changed its class, and in one that is added as it stands. */
const FOR_ALL: readonly ChangeKind[] = ['podUpdated', 'podOwnerChanged', 'podGiven'];

/** Has `handlers` told of changes of the kinds they handle, or of those of `kinds` if given. */
function enlist(told: Growing, handlers: ChangeHandlers, kinds: readonly ChangeKind[] = keysOf(handlers)): void {
  for (const kind of kinds) enlistFor(kind, told, handlers);
}

function enlistFor<Kind extends ChangeKind>(kind: Kind, told: Growing, handlers: ChangeHandlers): void {
  const tell = handlers[kind];
  if (tell) told[kind].push(tell);
}

type Growing = { readonly [Kind in ChangeKind]: Tell<Kind>[] };

function nobody(): Growing {
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
    podOwnerChanged: [],
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

/** Takes note of every kind of change by `tell`. */
export function onEvery(tell: (change: ClusterChange) => void): ChangeHandlers {
  return Object.fromEntries(KINDS.map((kind) => [kind, tell]));
}
