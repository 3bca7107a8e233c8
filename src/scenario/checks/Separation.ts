import { type LabelSelector, type Labels, selectorMatches } from '../../cluster/LabelSelector.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';

/** What a group of pods says about pods near it. */
interface Neighbour {
  readonly labels: Labels;
  readonly spec: PodSpec;
}

/** Which pods may keep others away: by anti-affinity, by hard spreading or by a port of the host. Namespaces are not looked at. */
export class Separation {
  private readonly groups: readonly Neighbour[];
  private readonly repelling: readonly Neighbour[];

  constructor(groups: readonly Neighbour[]) {
    this.groups = groups;
    this.repelling = groups.filter(({ spec }) => spec.affinity.podAnti.required.length > 0);
  }

  /** Whether no pod keeps a pod of `group` away, not even another one of it. */
  isFree(group: Neighbour): boolean {
    return selectorsOf(group.spec).length === 0 && !usesHostPorts(group.spec) && this.isFreeOfOthers(group);
  }

  /** Whether no pod of another group keeps a pod of `group` away. */
  isFreeOfOthers(group: Neighbour): boolean {
    const others = this.groups.filter((other) => other !== group);
    if (usesHostPorts(group.spec) && others.some(({ spec }) => usesHostPorts(spec))) return false;
    const minds = (selector: LabelSelector) => others.some(({ labels }) => selectorMatches(selector, labels));
    if (selectorsOf(group.spec).some(minds)) return false;
    const isRepelled = (selector: LabelSelector) => selectorMatches(selector, group.labels);
    return !this.repelling.some((other) => others.includes(other) && repelledBy(other.spec).some(isRepelled));
  }
}

/** Selectors of the pods that one of `spec` may not be near. */
function selectorsOf(spec: PodSpec): LabelSelector[] {
  const spreads = spec.topologySpreadConstraints.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule');
  return [...repelledBy(spec), ...spreads.flatMap(({ labelSelector }) => labelSelector ?? [])];
}

function repelledBy({ affinity }: PodSpec): LabelSelector[] {
  return affinity.podAnti.required.flatMap(({ labelSelector }) => labelSelector ?? []);
}

function usesHostPorts({ containers, initContainers }: PodSpec): boolean {
  return [...containers, ...initContainers].some(({ ports }) => ports.some(({ hostPort }) => hostPort > 0));
}
