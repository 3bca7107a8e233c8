import type { Pod } from '../cluster/Pod.ts';
import type { Duration } from '../units.ts';

/** How long operations on persistent volumes take; asked again each time. */
export interface VolumeTiming {
  /** From the request to the disk being attached to the node. */
  attach(volume: string): Duration;
  /** From the request to the disk being free again. */
  detach(volume: string): Duration;
  /** From the choice of a node (or the creation of the claim) to the volume being there; `claim` is `namespace/name`. */
  provision(claim: string): Duration;
  /** From the end of the last container to the last volume being unmounted; the pod object goes then. */
  unmount(pod: Pod): Duration;
  readonly report: VolumeReport;
}

/**
 * When a kubelet reports which volumes are in use. `every`: with its node status, at a phase of the node's own, and it mounts nothing
 * before it has reported it. `after`: at once when a volume comes into use, and `delay` after it is unmounted.
 * @see kubernetes/kubernetes pkg/kubelet/kubelet.go (syncNodeStatus), pkg/volume/util/operationexecutor/operation_generator.go
 */
export type VolumeReport = { readonly kind: 'every'; readonly period: Duration } | { readonly kind: 'after'; readonly delay: Duration };

/** Asked at every use; undefined: everything is done and told at once. */
export type VolumeTimingSource = () => VolumeTiming | undefined;
