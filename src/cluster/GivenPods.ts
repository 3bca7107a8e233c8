import { type Instant, START } from '../units.ts';
import { keyHashOf } from './keyHash.ts';
import { givenBoundAt, isEndPhase, isServing, Pod, type PodDescription, type PodState, podKey } from './Pod.ts';
import type { PodClass } from './PodClass.ts';

/** What a pod is now, as far as it can be told without the pod itself. */
export type PodLook = Pick<
  Pod,
  'podClass' | 'slot' | 'exists' | 'createdAs' | 'phase' | 'nodeName' | 'isFinished' | 'isTerminating' | 'isServing'
>;

/**
 * The pods that a cluster is given, by slot. A pod becomes an object only when somebody asks for it: most are never asked for, or are gone
 * soon. All clusters built from the same objects share what is here.
 *
 * What it takes to make the object is in columns, in which the pods of one node lie side by side; their descriptions are scattered over
 * memory.
 */
export class GivenPods {
  /** Its place among the given pods. */
  private readonly order: Int32Array;
  private readonly classes: PodClass[] = [];
  private readonly names: string[] = [];
  private readonly createdAt: Instant[] = [];
  /** NaN for a pod without node. */
  private readonly boundAt: Float64Array;
  /** One object for many: most pods of a node are alike. */
  private readonly states: PodState[] = [];
  /** As far as pods have been made. */
  private readonly keys: (string | undefined)[] = [];

  /** `order` has the place in `descriptions` and `classes` of the pod of each slot. */
  constructor(descriptions: readonly PodDescription[], classes: readonly PodClass[], order: Int32Array) {
    this.order = order;
    this.keys.length = order.length;
    this.boundAt = new Float64Array(order.length).fill(Number.NaN);
    let state: PodState | undefined;
    for (const index of order) {
      const description = descriptions[index];
      const podClass = classes[index];
      if (!description || !podClass) continue;
      this.classes.push(podClass);
      this.names.push(description.name);
      this.boundAt[this.createdAt.length] = givenBoundAt(description) ?? Number.NaN;
      this.createdAt.push(description.createdAt);
      if (!state || !isSame(description, state)) state = stateOf(description);
      this.states.push(state);
    }
  }

  /** One more than the highest slot. */
  get end(): number {
    return this.order.length;
  }

  /** The hash of the key of the pod of a slot. */
  hashAt(slot: number): number {
    return keyHashOf(this.classes[slot]?.namespace ?? '', this.names[slot] ?? '');
  }

  /** The key of the pod of a slot. */
  keyAt(slot: number): string {
    const key = this.keys[slot] ?? podKey({ namespace: this.classes[slot]?.namespace ?? '', name: this.names[slot] ?? '' });
    this.keys[slot] = key;
    return key;
  }

  /** Makes the pod of a slot, another one each time; undefined where none is given. */
  make(slot: number): Pod | undefined {
    if (slot >= this.end) return undefined;
    const podClass = this.classes[slot];
    if (podClass === undefined) return undefined;
    const pod = new Pod(podClass, this.keyAt(slot), this.createdAt[slot] ?? START, this.states[slot]);
    pod.boundAt = this.boundAtOf(slot);
    pod.slot = slot;
    pod.exists = true;
    pod.createdAs = this.order[slot] ?? 0;
    return pod;
  }

  private boundAtOf(slot: number): Instant | undefined {
    const at = this.boundAt[slot] ?? Number.NaN;
    return Number.isNaN(at) ? undefined : (at as Instant);
  }

  /** What the pod of a slot was when it was given. */
  lookAt(slot: number): PodLook | undefined {
    if (slot >= this.end) return undefined;
    const podClass = this.classes[slot];
    const state = this.states[slot];
    if (podClass === undefined || state === undefined) return undefined;
    const { phase, nodeName, termination } = state;
    return {
      podClass,
      slot,
      exists: true,
      createdAs: this.order[slot] ?? 0,
      phase,
      nodeName,
      isFinished: isEndPhase(phase),
      isTerminating: termination !== undefined,
      isServing: isServing(state),
    };
  }
}

export const NOTHING_GIVEN = new GivenPods([], [], new Int32Array(0));

function stateOf({ nodeName, nominatedNodeName, phase, ready, termination }: PodState): PodState {
  return { nodeName, nominatedNodeName, phase, ready, termination };
}

function isSame(a: PodState, b: PodState): boolean {
  return (
    a.nodeName === b.nodeName &&
    a.nominatedNodeName === b.nominatedNodeName &&
    a.phase === b.phase &&
    a.ready === b.ready &&
    a.termination === b.termination
  );
}
