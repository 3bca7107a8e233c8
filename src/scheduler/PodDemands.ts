import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Pod } from '../cluster/Pod.ts';
import { ClassTable, type PodClass } from '../cluster/PodClass.ts';
import type { PodSpec } from '../cluster/PodSpec.ts';
import { type PodRequests, podRequests } from '../cluster/podRequests.ts';
import { affinityTermsOf } from './AffinityTerms.ts';
import { hostPortsOf } from './HostPorts.ts';
import { contentKey, type PodDemand, type PodKind } from './PodKind.ts';
import { requestsKeys } from './requestsKeys.ts';
import { SumRows } from './SumRows.ts';

/** The kinds of pods and what they demand, each worked out once. */
export class PodDemands {
  /**
   * What a pod adds to the sums of its node: one row for all pods with the same requests. There are few such rows, so they stay in the
   * cache.
   */
  readonly sums = new SumRows(64);
  private readonly version: KubernetesVersion;
  private readonly kinds = new ClassTable((podClass) => this.find(podClass));
  private readonly bySpec = new WeakMap<PodSpec, SiblingKinds>();
  private readonly inOrder: PodKind[] = [];
  /** The rows of `sums`, by requests. */
  private readonly rows = new Map<string, number>();

  constructor(version: KubernetesVersion) {
    this.version = version;
  }

  /** What `pod` demands now. */
  of(pod: Pod): PodDemand {
    const { demand } = this.kindOf(pod);
    return pod.spec.volumes.some(isEphemeral) ? { ...demand, claims: claimsOf(pod, pod.spec) } : demand;
  }

  /** What `pod` has in common with others; a pod whose labels or spec change becomes one of another kind. */
  kindOf(pod: Pod): PodKind {
    return this.kinds.of(pod.podClass);
  }

  /** What the pods of a class have in common with others. */
  kindOfClass(podClass: PodClass): PodKind {
    return this.kinds.of(podClass);
  }

  /** The kind with this number; undefined when no pod ever was of it. */
  kindNumbered(number: number): PodKind | undefined {
    return this.inOrder[number];
  }

  private find(podClass: PodClass): PodKind {
    const siblings = this.bySpec.get(podClass.spec);
    if (siblings) return this.findAmong(siblings, podClass);
    const first = this.make(podClass, undefined);
    this.bySpec.set(podClass.spec, { first, byContent: undefined });
    return first;
  }

  private findAmong(siblings: SiblingKinds, podClass: PodClass): PodKind {
    const { first } = siblings;
    siblings.byContent ??= new Map([[contentKey(first), first]]);
    const key = contentKey(podClass);
    const kind = siblings.byContent.get(key) ?? this.make(podClass, first.demand);
    siblings.byContent.set(key, kind);
    return kind;
  }

  /** `sibling` is the demand of another kind with the same spec. */
  private make(podClass: PodClass, sibling: PodDemand | undefined): PodKind {
    const { spec, labels, namespace, owner } = podClass;
    const lasting = { volumes: spec.volumes.filter((volume) => !isEphemeral(volume)) };
    const demand = {
      requests: sibling?.requests ?? podRequests(spec, this.version),
      hostPorts: sibling?.hostPorts ?? hostPortsOf(spec, this.version),
      affinity: affinityTermsOf(podClass),
      claims: claimsOf({ namespace, name: '' }, lasting),
    };
    const kind = {
      number: this.inOrder.length,
      row: this.rowFor(demand.requests),
      isPlain: demand.requests.scalars.length === 0 && demand.hostPorts.length === 0,
      isOurs: spec.schedulerName === 'default-scheduler',
      isGated: spec.schedulingGates.length > 0,
      priority: spec.priority,
      hasVolumes: spec.volumes.length > 0,
      spec,
      labels,
      namespace,
      owner,
      demand,
    };
    this.inOrder.push(kind);
    return kind;
  }

  private rowFor(requests: PodRequests): number {
    const key = requestsKeys.of(requests);
    const row = this.rows.get(key) ?? this.sums.takeFor(requests);
    this.rows.set(key, row);
    return row;
  }
}

/** The kinds that share a spec. */
interface SiblingKinds {
  readonly first: PodKind;
  /** By content key; undefined while there is only the first. */
  byContent: Map<string, PodKind> | undefined;
}

function isEphemeral({ source }: { readonly source: string }): boolean {
  return source === 'ephemeral';
}

/** Keys of the claims that the volumes of `pod` would name if it had this spec. */
export function claimsOf(
  pod: { readonly namespace: string; readonly name: string },
  { volumes }: Pick<PodSpec, 'volumes'>,
): readonly string[] {
  return volumes.flatMap((volume) => {
    const name = claimNameOf(pod, volume);
    return name === undefined ? [] : [`${pod.namespace}/${name}`];
  });
}

/** The name of the claim behind `volume`; an ephemeral volume's claim is called `POD-VOLUME`. */
function claimNameOf(
  pod: { readonly name: string },
  volume: { readonly source: string; readonly name: string; readonly claimName: string | undefined },
): string | undefined {
  return volume.source === 'ephemeral' ? `${pod.name}-${volume.name}` : volume.claimName;
}
