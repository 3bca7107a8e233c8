import { finishHash, type HashedKey, hashOn, NO_CHARACTERS } from '../cluster/keyHash.ts';
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
  /** The characters of the key. A string that is made of them is in one piece, where one that is added up has to be copied for its first reader. */
  private readonly characters: number[] = [];
  /** How many of them come before the digits, and what those hash to. */
  private readonly beginning: number;
  private readonly beginningHash: number;
  /** The hash of all characters but the last one. */
  private stemHash = 0;
  private template: PodTemplate | undefined = undefined;
  private podClass: PodClass | undefined = undefined;

  constructor({ kind, namespace, name }: Workload) {
    this.owner = { apiVersion: API_VERSIONS[kind], kind, name };
    this.beginningHash = this.append(`${namespace}/${name}-`, NO_CHARACTERS);
    this.beginning = this.characters.length;
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
    this.characters.length = this.beginning;
    this.stemHash = this.append(digits.padStart(4, '0'), this.beginningHash);
    this.characters.push(0);
  }

  /** Appends the characters of `text`. @returns the hash of everything up to there. */
  private append(text: string, hash: number): number {
    let hashed = hash;
    for (let at = 0; at < text.length; at += 1) {
      const character = text.charCodeAt(at);
      this.characters.push(character);
      hashed = hashOn(hashed, character);
    }
    return hashed;
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
