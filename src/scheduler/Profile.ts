import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { FilterPlugin, ScorePlugin } from './Plugin.ts';
import * as plugins from './registry.ts';

/** Which plugins take part, in which order, with which weights. */
export interface Profile {
  readonly filters: readonly FilterPlugin[];
  readonly scores: readonly { readonly plugin: ScorePlugin; readonly weight: number }[];
}

/**
 * The default profile of a version.
 * @see kubernetes/kubernetes pkg/scheduler/apis/config/v1/default_plugins.go
 */
export function defaultProfile(version: KubernetesVersion): Profile {
  return {
    filters: [
      plugins.NodeUnschedulable,
      plugins.NodeName,
      plugins.TaintToleration,
      plugins.NodeAffinity,
      plugins.NodePorts,
      plugins.NodeResourcesFit,
      plugins.VolumeRestrictions,
      plugins.NodeVolumeLimits,
      plugins.VolumeBinding,
      plugins.VolumeZone,
      plugins.PodTopologySpread,
      plugins.InterPodAffinity,
    ],
    scores: [
      { plugin: plugins.TaintToleration, weight: 3 },
      { plugin: plugins.NodeAffinity, weight: 2 },
      { plugin: plugins.NodeResourcesFit, weight: 1 },
      { plugin: plugins.PodTopologySpread, weight: 2 },
      { plugin: plugins.InterPodAffinity, weight: 2 },
      ...(version === '1.35' ? [{ plugin: plugins.DynamicResources, weight: 2 }] : []),
      { plugin: plugins.NodeResourcesBalancedAllocation, weight: 1 },
      { plugin: plugins.ImageLocality, weight: 1 },
    ],
  };
}
