import { InterPodAffinity } from './InterPodAffinity.ts';
import { NodeAffinity } from './NodeAffinity.ts';
import { NodeName } from './NodeName.ts';
import { NodePorts } from './NodePorts.ts';
import { NodeResourcesFit } from './NodeResourcesFit.ts';
import { NodeUnschedulable } from './NodeUnschedulable.ts';
import { NodeVolumeLimits } from './NodeVolumeLimits.ts';
import { PodTopologySpread } from './PodTopologySpread.ts';
import { always, type RequeueHints } from './RequeueHints.ts';
import { SchedulingGates } from './SchedulingGates.ts';
import { TaintToleration } from './TaintToleration.ts';
import { VolumeBinding } from './VolumeBinding.ts';
import { VolumeRestrictions } from './VolumeRestrictions.ts';
import { VolumeZone } from './VolumeZone.ts';

/**
 * The requeue hints of the default profile, by plugin.
 *
 * A plugin that registers for new nodes but not for taints is told of every taint as well, and then always wants another attempt. So any
 * cordon, uncordon or taint of any node wakes the pods that NodeResourcesFit refused.
 * @see kubernetes/kubernetes pkg/scheduler/scheduler.go (buildQueueingHintMap)
 */
export const requeueHints: ReadonlyMap<string, RequeueHints> = new Map(
  Object.entries({
    SchedulingGates,
    NodeUnschedulable,
    NodeName,
    TaintToleration,
    NodeAffinity,
    NodePorts,
    NodeResourcesFit,
    VolumeRestrictions,
    NodeVolumeLimits,
    VolumeBinding,
    VolumeZone,
    PodTopologySpread,
    InterPodAffinity,
  }).map(([plugin, hints]) => [plugin, withTaints(hints)]),
);

function withTaints(hints: RequeueHints): RequeueHints {
  return hints.NodeAdd && !hints.NodeUpdateNodeTaint ? { ...hints, NodeUpdateNodeTaint: always } : hints;
}
