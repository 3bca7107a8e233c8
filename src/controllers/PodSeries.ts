import { finishHash, type HashedKey, hashOn, type KeyStem, NO_CHARACTERS } from '../cluster/keyHash.ts';
import type { OwnerReference } from '../cluster/OwnerReference.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import type { Workload } from '../cluster/Workload.ts';

/** The pods that are made for one workload: what they refer to, how they are called, and which class they are of. */
export class PodSeries implements HashedKey {
  /** What they all refer to. */
  readonly owner: OwnerReference;
  hash = 0;
  stem: KeyStem;
  /** The characters of the key that was given out last: `NAMESPACE/OWNER-SUFFIX`, where suffixes count up in base 36. */
  private readonly characters: number[] = [];
  /** How many of them come before the digits, and what those hash to. */
  private readonly beginning: number;
  private readonly beginningHash: number;
  private workload: Workload | undefined = undefined;
  private podClass: PodClass | undefined = undefined;

  /** Suffixes have at least `digits` digits. */
  constructor({ kind, namespace, name }: Workload, digits = FEWEST_DIGITS) {
    this.owner = { apiVersion: API_VERSIONS[kind], kind, name };
    const beginning = `${namespace}/${name}-`;
    const zeroth = beginning + '0'.repeat(digits);
    for (let at = 0; at < zeroth.length; at += 1) this.characters.push(zeroth.charCodeAt(at));
    this.beginning = beginning.length;
    this.beginningHash = this.hashOf(0, this.beginning, NO_CHARACTERS);
    this.stem = this.newStem();
  }

  /** A string that is made of its characters is in one piece, where one that is added up has to be copied for its first reader. */
  get key(): string {
    return String.fromCharCode(...this.characters);
  }

  /** The next key, which is good until the one after it is asked for. */
  next(): HashedKey {
    const { characters } = this;
    const last = characters.length - 1;
    const digit = characters[last] ?? ZERO;
    if (digit === Z) this.carry();
    else characters[last] = oneMore(digit);
    this.hash = finishHash(hashOn(this.stem.hash, characters[last] ?? ZERO));
    return this;
  }

  /** The class of pods of `workload` as it was remembered, undefined when it was that of the workload before or after a change. */
  classOf(workload: Workload): PodClass | undefined {
    return workload === this.workload ? this.podClass : undefined;
  }

  remember(workload: Workload, podClass: PodClass): void {
    this.workload = workload;
    this.podClass = podClass;
  }

  /** Counts up where the last digit is as high as can be. */
  private carry(): void {
    const { characters, beginning } = this;
    let at = characters.length - 1;
    for (; at >= beginning && characters[at] === Z; at -= 1) characters[at] = ZERO;
    if (at < beginning) characters.splice(beginning, 0, oneMore(ZERO));
    else characters[at] = oneMore(characters[at] ?? ZERO);
    this.stem = this.newStem();
  }

  private newStem(): KeyStem {
    return { hash: this.hashOf(this.beginning, this.characters.length - 1, this.beginningHash) };
  }

  /** Goes on from the hash `before` with the characters between two places. */
  private hashOf(start: number, end: number, before: number): number {
    let hash = before;
    for (let at = start; at < end; at += 1) hash = hashOn(hash, this.characters[at] ?? ZERO);
    return hash;
  }
}

const FEWEST_DIGITS = 5;

/** Characters of digits in base 36. */
const ZERO = '0'.charCodeAt(0);
const NINE = '9'.charCodeAt(0);
const A = 'a'.charCodeAt(0);
const Z = 'z'.charCodeAt(0);

/** The digit after `digit`, which is not the last one. */
function oneMore(digit: number): number {
  return digit === NINE ? A : digit + 1;
}

const API_VERSIONS: Readonly<Record<Workload['kind'], string>> = {
  ReplicaSet: 'apps/v1',
  ReplicationController: 'v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
};
