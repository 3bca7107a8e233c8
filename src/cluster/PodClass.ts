import type { Labels } from './LabelSelector.ts';
import type { OwnerReference } from './OwnerReference.ts';
import type { PodSpec } from './PodSpec.ts';
import { SlotNumbers } from './SlotNumbers.ts';
import { workloadKey } from './Workload.ts';

/** The part of a pod that pods of one template share. */
export interface PodTraits {
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly owner: OwnerReference | undefined;
  readonly spec: PodSpec;
}

/**
 * All pods with the same namespace, owner and identical objects of labels, annotations and spec, so that only name, node and time
 * distinguish them. What follows from a class is worked out once for it, see {@link ClassTable}. Fields that a move of a pod needs come
 * first.
 */
export class PodClass implements PodTraits {
  /** Counts up from 0 in a cluster; below 0 outside of one. */
  readonly id: number;
  readonly owner: OwnerReference | undefined;
  /** The time that its pods ask for between their deletion and their end. */
  readonly gracePeriodSeconds: number;
  /** Whether its pods are those of a DaemonSet; DaemonSets of other API groups are controllers like any other (as of kubectl 1.34). */
  readonly isDaemon: boolean;
  readonly isOfJob: boolean;
  /** Whether its pods are static: a kubelet has them from elsewhere, and their objects only mirror them. */
  readonly isStatic: boolean;
  readonly hasVolumes: boolean;
  /** Whether its pods are not Ready before their readiness gates are true. */
  readonly isGated: boolean;
  readonly namespace: string;
  /** `Kind/namespace/name` of the owner. */
  readonly ownerKey: string | undefined;
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;

  constructor({ namespace, labels, annotations, owner, spec }: PodTraits, id: number) {
    this.id = id;
    this.owner = owner;
    this.gracePeriodSeconds = spec.terminationGracePeriodSeconds;
    this.isDaemon = owner?.kind === 'DaemonSet' && owner.apiVersion === 'apps/v1';
    this.isOfJob = owner?.kind === 'Job';
    this.isStatic = owner?.kind === 'Node' || MIRROR in annotations;
    this.hasVolumes = spec.volumes.length > 0;
    this.isGated = spec.readinessGates.length > 0;
    this.namespace = namespace;
    this.ownerKey = owner && workloadKey({ kind: owner.kind, namespace, name: owner.name });
    this.labels = labels;
    this.annotations = annotations;
    this.spec = spec;
  }

  /** Whether pods with `traits` are of this class. */
  holds({ namespace, labels, annotations, owner, spec }: PodTraits): boolean {
    if (spec !== this.spec || labels !== this.labels || annotations !== this.annotations || namespace !== this.namespace) return false;
    return owner === this.owner || (owner !== undefined && this.owner !== undefined && isSameOwner(owner, this.owner));
  }
}

const MIRROR = 'kubernetes.io/config.mirror';

function isSameOwner(a: OwnerReference, b: OwnerReference): boolean {
  return a.name === b.name && a.kind === b.kind && a.apiVersion === b.apiVersion;
}

/** The classes of the pods of one cluster. */
export class PodClasses {
  /** By number: all that there have been. */
  private readonly all: PodClass[] = [];
  private readonly bySpec = new Map<PodSpec, PodClass[]>();
  /** Pods of one class tend to come one after the other. */
  private last: PodClass | undefined;

  /** The class of pods with `traits`; the same one for the same traits. */
  of(traits: PodTraits): PodClass {
    if (!this.last?.holds(traits)) this.last = this.find(traits);
    return this.last;
  }

  /** Whether `holds` is true of one of them. */
  some(holds: (podClass: PodClass) => boolean): boolean {
    return this.all.some(holds);
  }

  /** Takes over the classes of `others`. */
  takeOver({ all, bySpec }: PodClasses): void {
    for (const podClass of all) this.all.push(podClass);
    for (const [spec, classes] of bySpec) this.bySpec.set(spec, [...classes]);
  }

  private find(traits: PodTraits): PodClass {
    const classes = this.bySpec.get(traits.spec);
    const known = classes?.find((one) => one.holds(traits));
    if (known) return known;
    const made = new PodClass(traits, this.all.length);
    this.all.push(made);
    if (classes) classes.push(made);
    else this.bySpec.set(traits.spec, [made]);
    return made;
  }
}

/**
 * A whole number, 0 or more, that follows from the class of a pod. Like {@link ClassTable} in half the memory, so that frequent look-ups
 * stay in the cache.
 */
export class ClassNumbers {
  private readonly make: (podClass: PodClass) => number;
  /** One more than each number; 0 where none has been worked out. */
  private entries = new SlotNumbers();

  constructor(make: (podClass: PodClass) => number) {
    this.make = make;
  }

  of(podClass: PodClass): number {
    const known = this.entries.of(podClass.id);
    return known === 0 ? this.workOut(podClass) : known - 1;
  }

  /** Forgets everything: what it follows from has changed. */
  clear(): void {
    this.entries = new SlotNumbers();
  }

  private workOut(podClass: PodClass): number {
    const made = this.make(podClass);
    this.entries.set(podClass.id, made + 1);
    return made;
  }
}

/** Something that follows from the class of a pod, worked out when it is first asked for. */
export class ClassTable<T> {
  private readonly make: (podClass: PodClass) => T;
  private entries: (T | undefined)[] = [];

  constructor(make: (podClass: PodClass) => T) {
    this.make = make;
  }

  /** Kept short, because it is called all the time. */
  of(podClass: PodClass): T {
    const known = this.entries[podClass.id];
    return known === undefined ? this.workOut(podClass) : known;
  }

  /** Forgets everything: what it follows from has changed. */
  clear(): void {
    this.entries = [];
  }

  private workOut(podClass: PodClass): T {
    const { id } = podClass;
    const made = this.make(podClass);
    if (id < 0) return made;
    while (this.entries.length < id) this.entries.push(undefined);
    this.entries[id] = made;
    return made;
  }
}
