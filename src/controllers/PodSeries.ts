import type { OwnerReference } from '../cluster/OwnerReference.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import type { PodTemplate } from '../cluster/PodSpec.ts';
import type { Workload } from '../cluster/Workload.ts';

/** The pods that are made for one workload: what they refer to, how they are called, and which class they are of. */
export class PodSeries {
  /** What they all refer to. */
  readonly owner: OwnerReference;
  /** How many names have been given out. */
  private made = 0;
  private template: PodTemplate | undefined;
  private podClass: PodClass | undefined;

  constructor({ kind, name }: Workload) {
    this.owner = { apiVersion: API_VERSIONS[kind], kind, name };
  }

  /** `OWNER-SUFFIX`, where suffixes count up. */
  nextName(): string {
    this.made += 1;
    return `${this.owner.name}-${suffixOf(this.made)}`;
  }

  /** The class of pods of `template` as it was remembered, undefined when it was that of another template. */
  classOf(template: PodTemplate): PodClass | undefined {
    return template === this.template ? this.podClass : undefined;
  }

  remember(template: PodTemplate, podClass: PodClass): void {
    this.template = template;
    this.podClass = podClass;
  }
}

/** `number` in base 36, with at least five digits; two at a time, for this is done for every pod that is made. */
function suffixOf(number: number): string {
  const high = Math.floor(number / 36 ** 4);
  return `${high === 0 ? '0' : high.toString(36)}${PAIRS[Math.floor(number / 36 ** 2) % 36 ** 2] ?? ''}${PAIRS[number % 36 ** 2] ?? ''}`;
}

const PAIRS = Array.from({ length: 36 ** 2 }, (_, number) => number.toString(36).padStart(2, '0'));

const API_VERSIONS: Readonly<Record<Workload['kind'], string>> = {
  ReplicaSet: 'apps/v1',
  ReplicationController: 'v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
};
