import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { ContainerPort, PodSpec } from '../cluster/PodSpec.ts';
import { type PodRequests, podRequests } from '../cluster/podRequests.ts';
import { type AffinityTerms, affinityTermsOf } from './AffinityTerms.ts';
import { hostPortsOf } from './HostPorts.ts';

/** What a pod asks of a node, worked out once. */
export interface PodDemand {
  readonly requests: PodRequests;
  readonly hostPorts: readonly ContainerPort[];
  /** undefined without any term of pod affinity or anti-affinity. */
  readonly affinity: AffinityTerms | undefined;
  /** Keys (`namespace/name`) of the claims that its volumes name. */
  readonly claims: readonly string[];
}

/** The demands of pods, remembered by spec and by pod. */
export class PodDemands {
  private readonly version: KubernetesVersion;
  private readonly bySpec = new WeakMap<PodSpec, PodDemand>();
  private readonly byPod = new WeakMap<Pod, PodDemand>();

  constructor(version: KubernetesVersion) {
    this.version = version;
  }

  of(pod: Pod): PodDemand {
    const shared = this.ofSpec(pod.spec);
    if (dependsOnSpecOnly(pod.spec)) return shared;
    const known = this.byPod.get(pod);
    if (known) return known;
    const demand = { ...shared, affinity: affinityTermsOf(pod), claims: claimsOf(pod) };
    this.byPod.set(pod, demand);
    return demand;
  }

  /** Forgets what was worked out for `pod`, because its labels or its spec changed. */
  forget(pod: Pod): void {
    this.byPod.delete(pod);
  }

  private ofSpec(spec: PodSpec): PodDemand {
    const known = this.bySpec.get(spec);
    if (known) return known;
    const demand = {
      requests: podRequests(spec, this.version),
      hostPorts: hostPortsOf(spec, this.version),
      affinity: undefined,
      claims: [],
    };
    this.bySpec.set(spec, demand);
    return demand;
  }
}

/** Whether pods of other names, labels and namespaces ask for the same: no volumes, no terms between pods. */
function dependsOnSpecOnly({ volumes, affinity: { pod, podAnti } }: PodSpec): boolean {
  return volumes.length + pod.required.length + pod.preferred.length + podAnti.required.length + podAnti.preferred.length === 0;
}

function claimsOf(pod: Pod): readonly string[] {
  return pod.spec.volumes.flatMap((volume) => {
    const name = claimNameOf(pod, volume);
    return name === undefined ? [] : [`${pod.namespace}/${name}`];
  });
}

/** The name of the claim behind `volume`; an ephemeral volume's claim is called `POD-VOLUME`. */
export function claimNameOf(
  pod: { readonly name: string },
  volume: { readonly source: string; readonly name: string; readonly claimName: string | undefined },
): string | undefined {
  return volume.source === 'ephemeral' ? `${pod.name}-${volume.name}` : volume.claimName;
}
