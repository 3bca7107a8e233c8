import { finishHash, type HashedKey, hashOn, type KeyStem, NO_CHARACTERS } from '../cluster/keyHash.ts';
import type { OwnerReference } from '../cluster/OwnerReference.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import type { Workload } from '../cluster/Workload.ts';

/**
 * The pods that are created for one workload: their owner, names and class. Their keys are `NAMESPACE/OWNER-SUFFIX`, with suffixes that
 * count up in base 36. Fields that the next pod needs come first.
 */
export class PodSeries implements HashedKey {
  hash = 0;
  stem: KeyStem;
  /** That of the stem. */
  private stemHash: number;
  /** The last digit of the key that was given out last. */
  private digit = 0;
  /** All characters before it. */
  private start: string;
  private podClass: PodClass | undefined = undefined;
  private workload: Workload | undefined = undefined;
  /** What they all refer to. */
  readonly owner: OwnerReference;
  /** What all keys begin with, and the number that stands between that and the last digit, with so many digits at least. */
  private readonly beginning: string;
  private readonly fewest: number;
  private count = 0;

  /** Suffixes have at least `digits` digits. */
  constructor(workload: Workload, digits = FEWEST_DIGITS) {
    const { namespace, name } = workload;
    this.owner = referenceTo(workload);
    this.beginning = `${namespace}/${name}-`;
    this.fewest = digits - 1;
    this.start = [this.beginning, '0'.repeat(this.fewest)].join('');
    this.stemHash = hashOf(this.start);
    this.stem = { hash: this.stemHash };
  }

  /** A string that is joined is in one piece, where one that is added up has to be copied for its first reader. */
  get key(): string {
    return [this.start, DIGITS[this.digit]].join('');
  }

  /** The next key, valid until the one after it is asked for. */
  next(): HashedKey {
    if (this.digit === BASE - 1) this.carry();
    else this.digit += 1;
    this.hash = finishHash(hashOn(this.stemHash, CHARACTERS[this.digit] ?? 0));
    return this;
  }

  /** The remembered class of pods of `workload`; undefined when it was remembered for an earlier or later version of the workload. */
  classOf(workload: Workload): PodClass | undefined {
    return workload === this.workload ? this.podClass : undefined;
  }

  remember(workload: Workload, podClass: PodClass): void {
    this.workload = workload;
    this.podClass = podClass;
  }

  /** Counts up where the last digit is as high as can be. */
  private carry(): void {
    this.count += 1;
    this.digit = 0;
    this.start = [this.beginning, this.count.toString(BASE).padStart(this.fewest, DIGITS[0])].join('');
    this.stemHash = hashOf(this.start);
    this.stem = { hash: this.stemHash };
  }
}

const FEWEST_DIGITS = 5;
const BASE = 36;
const DIGITS = [...'0123456789abcdefghijklmnopqrstuvwxyz'];
const CHARACTERS = DIGITS.map((digit) => digit.charCodeAt(0));

function hashOf(characters: string): number {
  let hash = NO_CHARACTERS;
  for (let at = 0; at < characters.length; at += 1) hash = hashOn(hash, characters.charCodeAt(at));
  return hash;
}

/** The owner reference that pods of `workload` bear. */
export function referenceTo({ kind, name }: Workload): OwnerReference {
  return { apiVersion: API_VERSIONS[kind], kind, name };
}

const API_VERSIONS: Readonly<Record<Workload['kind'], string>> = {
  ReplicaSet: 'apps/v1',
  ReplicationController: 'v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
};
