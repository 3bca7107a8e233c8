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
  private readonly bySpec = new WeakMap<PodSpec, Pick<PodDemand, 'requests' | 'hostPorts'>>();
  private readonly byPod = new WeakMap<Pod, PodDemand>();

  constructor(version: KubernetesVersion) {
    this.version = version;
  }

  of(pod: Pod): PodDemand {
    const known = this.byPod.get(pod);
    if (known) return known;
    const demand = { ...this.ofSpec(pod.spec), affinity: affinityTermsOf(pod), claims: claimsOf(pod) };
    this.byPod.set(pod, demand);
    return demand;
  }

  /** Forgets what was worked out for `pod`, because its labels or its spec changed. */
  forget(pod: Pod): void {
    this.byPod.delete(pod);
  }

  private ofSpec(spec: PodSpec): Pick<PodDemand, 'requests' | 'hostPorts'> {
    const known = this.bySpec.get(spec);
    if (known) return known;
    const demand = { requests: podRequests(spec, this.version), hostPorts: hostPortsOf(spec, this.version) };
    this.bySpec.set(spec, demand);
    return demand;
  }
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
