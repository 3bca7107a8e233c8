import type { OwnerReference } from '../cluster/OwnerReference.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import type { PodTemplate } from '../cluster/PodSpec.ts';
import type { Workload } from '../cluster/Workload.ts';

/** The pods that are made for one workload: what they refer to, how they are called, and which class they are of. */
export class PodSeries {
  /** What they all refer to. */
  readonly owner: OwnerReference;
  /** How many keys have been given out. */
  private made = 0;
  /** What keys begin with: all but the digits. */
  private readonly beginning: string;
  /** Key without the last two digits, which are {@link PAIRS}. */
  private stem = '';
  private template: PodTemplate | undefined;
  private podClass: PodClass | undefined;

  constructor({ kind, namespace, name }: Workload) {
    this.owner = { apiVersion: API_VERSIONS[kind], kind, name };
    this.beginning = `${namespace}/${name}-`;
  }

  /** `NAMESPACE/OWNER-SUFFIX`, where suffixes count up in base 36, with at least five digits. */
  nextKey(): string {
    this.made += 1;
    const pair = this.made % PAIRS.length;
    if (pair === 0 || this.stem === '') this.stem = `${this.beginning}${digitsBefore(this.made)}`;
    return `${this.stem}${PAIRS[pair] ?? ''}`;
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

/** All digits of `number` but the last two. */
function digitsBefore(number: number): string {
  return Math.floor(number / PAIRS.length)
    .toString(36)
    .padStart(3, '0');
}

/** The numbers of two digits in base 36. */
const PAIRS = Array.from({ length: 36 * 36 }, (_, number) => number.toString(36).padStart(2, '0'));

const API_VERSIONS: Readonly<Record<Workload['kind'], string>> = {
  ReplicaSet: 'apps/v1',
  ReplicationController: 'v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
};
