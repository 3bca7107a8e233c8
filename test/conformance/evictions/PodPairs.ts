import type { Cluster } from '../../../src/cluster/Cluster.ts';
import type { Pod } from '../../../src/cluster/Pod.ts';
import { workloadKey } from '../../../src/cluster/Workload.ts';
import type { PodLine } from './EvictionTrace.ts';

/** Which simulated pod stands for which recorded one: replacements bear other names than in the recording. */
export class PodPairs {
  private readonly cluster: Cluster;
  private readonly byRecordedName = new Map<string, Pod>();
  private readonly moved = new Set<string>();

  /** Starts with the pods that the recording starts with, which keep their names. */
  constructor(cluster: Cluster) {
    this.cluster = cluster;
    for (const pod of cluster.pods.values()) this.byRecordedName.set(pod.key, pod);
  }

  /** The simulated pod for a recorded `namespace/name`; undefined once it is gone. */
  podOf(recordedName: string): Pod | undefined {
    const pod = this.byRecordedName.get(recordedName);
    return pod && this.isThere(pod) ? pod : undefined;
  }

  /** Pairs pods that are new in the recording with pods that are new in the simulation, by owner. @returns the new pairs. */
  pair(lines: readonly PodLine[]): { readonly line: PodLine; readonly pod: Pod }[] {
    const paired = new Set(this.byRecordedName.values());
    const unpaired = new Set([...this.cluster.pods.values()].filter((pod) => !paired.has(pod)));
    return lines.flatMap((line) => {
      if (this.podOf(line.name)) return [];
      const pod = [...unpaired].sort((a, b) => this.closeness(b, line) - this.closeness(a, line))[0];
      if (!pod || this.closeness(pod, line) === 0) return [];
      unpaired.delete(pod);
      this.byRecordedName.set(line.name, pod);
      return [{ line, pod }];
    });
  }

  /** Simulated pods that stand for none of the recorded ones in `lines`, in order of creation. */
  surplus(lines: readonly PodLine[]): Pod[] {
    const expected = new Set(lines.map(({ name }) => this.podOf(name)));
    return [...this.cluster.pods.values()].filter((pod) => !expected.has(pod));
  }

  /**
   * Among equal pods of one workload a scale-down picks its victims by random UID: where the simulation picked another one than the
   * recording, the two change places. `before` are the recorded pods before the scale-down, `lines` those after it.
   */
  followTies(before: readonly PodLine[], lines: readonly PodLine[]): void {
    const spared = lines.filter(({ name, terminating }) => terminating && this.podOf(name)?.isTerminating === false);
    const condemned = new Set(lines.filter(({ name, terminating }) => !terminating && this.podOf(name)?.termination?.cause === 'Delete'));
    for (const victim of spared) {
      const other = [...condemned].find((line) => areTied(victim.name, line.name, before));
      if (other) this.swap(victim.name, other.name);
      if (other) condemned.delete(other);
    }
  }

  /** Whether the pod changed places with another one, and so stands on the other one's node. */
  hasMoved(recordedName: string): boolean {
    return this.moved.has(recordedName);
  }

  private swap(one: string, other: string): void {
    const [a, b] = [this.byRecordedName.get(one), this.byRecordedName.get(other)];
    if (!a || !b) return;
    this.byRecordedName.set(one, b).set(other, a);
    this.moved.add(one).add(other);
  }

  private isThere(pod: Pod): boolean {
    return this.cluster.pods.get(pod.key) === pod;
  }

  /** 3: same name; 2: same owner; 1: an owner of the same kind that came later and is named differently; 0: cannot be the same. */
  private closeness(pod: Pod, { name, owner }: PodLine): number {
    const namespace = name.slice(0, name.indexOf('/'));
    if (pod.key === name) return 3;
    if (!pod.owner || owner === null || pod.namespace !== namespace) return 0;
    const [kind = '', ownerName = ''] = owner.split('/');
    if (pod.owner.kind !== kind) return 0;
    if (pod.owner.name === ownerName) return 2;
    return this.cluster.workloads.has(workloadKey({ kind, namespace, name: ownerName })) ? 0 : 1;
  }
}

function areTied(one: string, other: string, before: readonly PodLine[]): boolean {
  const [a, b] = [one, other].map((wanted) => before.find(({ name }) => name === wanted));
  return a !== undefined && b !== undefined && a.owner === b.owner && a.phase === b.phase && a.ready === b.ready && !b.terminating;
}
