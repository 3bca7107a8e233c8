import { beginHash, finishHash, type HashedKey, hashOn } from '../cluster/keyHash.ts';
import type { OwnerReference } from '../cluster/OwnerReference.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import type { PodTemplate } from '../cluster/PodSpec.ts';
import type { Workload } from '../cluster/Workload.ts';

/** The pods that are made for one workload: what they refer to, how they are called, and which class they are of. */
export class PodSeries implements HashedKey {
  /** What they all refer to. */
  readonly owner: OwnerReference;
  /** The key that was given out last: `NAMESPACE/OWNER-SUFFIX`, where suffixes count up in base 36, with at least five digits. */
  key = '';
  hash = 0;
  /** How many keys have been given out. */
  private made = 0;
  /** What keys begin with: all but the digits. */
  private readonly beginning: string;
  /** The characters of the key. A string that is made of them is in one piece, where one that is added up has to be copied for its first reader. */
  private characters: number[] = [];
  /** The hash of all characters but the last one. */
  private stemHash = 0;
  private template: PodTemplate | undefined;
  private podClass: PodClass | undefined;

  constructor({ kind, namespace, name }: Workload) {
    this.owner = { apiVersion: API_VERSIONS[kind], kind, name };
    this.beginning = `${namespace}/${name}-`;
  }

  /** The next key, which is good until the one after it is asked for. */
  next(): HashedKey {
    this.made += 1;
    const digit = this.made % DIGITS.length;
    if (digit === 0 || this.made === 1) this.changeStem();
    const { characters } = this;
    const last = DIGITS[digit] ?? 0;
    characters[characters.length - 1] = last;
    this.key = String.fromCharCode(...characters);
    this.hash = finishHash(hashOn(this.stemHash, last));
    return this;
  }

  /** The class of pods of `template` as it was remembered, undefined when it was that of another template. */
  classOf(template: PodTemplate): PodClass | undefined {
    return template === this.template ? this.podClass : undefined;
  }

  remember(template: PodTemplate, podClass: PodClass): void {
    this.template = template;
    this.podClass = podClass;
  }

  /** All digits but the last one are other ones from now on. */
  private changeStem(): void {
    const digits = Math.floor(this.made / DIGITS.length).toString(36);
    const stem = `${this.beginning}${digits.padStart(4, '0')}`;
    this.stemHash = beginHash(stem);
    this.characters = `${stem}0`.split('').map((character) => character.charCodeAt(0));
  }
}

/** The characters of the digits in base 36. */
const DIGITS = Array.from({ length: 36 }, (_, digit) => digit.toString(36).charCodeAt(0));

const API_VERSIONS: Readonly<Record<Workload['kind'], string>> = {
  ReplicaSet: 'apps/v1',
  ReplicationController: 'v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
};
