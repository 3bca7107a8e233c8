import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodSpec } from '../cluster/PodSpec.ts';
import { podRequests } from '../cluster/podRequests.ts';
import { affinityTermsOf } from './AffinityTerms.ts';
import { hostPortsOf } from './HostPorts.ts';
import { contentKey, isSeenToBe, type PodDemand, type PodKind } from './PodKind.ts';

interface KindsOfSpec {
  /** The one asked for last. */
  latest: PodKind;
  readonly byContent: Map<string, PodKind>;
}

/** The kinds of pods and what they demand, each worked out once. */
export class PodDemands {
  private readonly version: KubernetesVersion;
  private readonly bySpec = new WeakMap<PodSpec, KindsOfSpec>();
  private latest: PodKind | undefined;
  private kinds = 0;

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
    const { latest } = this;
    if (latest && isSeenToBe(pod, latest)) return latest;
    const kind = this.find(pod);
    this.latest = kind;
    return kind;
  }

  private find(pod: Pod): PodKind {
    const known = this.bySpec.get(pod.spec);
    if (known && isSeenToBe(pod, known.latest)) return known.latest;
    const key = contentKey(pod);
    const equal = known?.byContent.get(key);
    const kind = equal ?? this.make(pod, known?.latest.demand);
    if (!known) this.bySpec.set(pod.spec, { latest: kind, byContent: new Map([[key, kind]]) });
    else {
      known.latest = kind;
      if (!equal) known.byContent.set(key, kind);
    }
    return kind;
  }

  /** `sibling` is the demand of another pod with the same spec. */
  private make(pod: Pod, sibling: PodDemand | undefined): PodKind {
    const { spec, labels, namespace, owner } = pod;
    const demand = {
      requests: sibling?.requests ?? podRequests(spec, this.version),
      hostPorts: sibling?.hostPorts ?? hostPortsOf(spec, this.version),
      affinity: affinityTermsOf(pod),
      claims: claimsOf(pod, { volumes: spec.volumes.filter((volume) => !isEphemeral(volume)) }),
    };
    return { number: this.kinds++, spec, labels, namespace, owner, demand };
  }
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
