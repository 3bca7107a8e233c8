import { autoscalerObjection } from '../../rolls/autoscalerObjection.ts';
import { type Check, isDrained, severityFor } from './Check.ts';
import { isBare, type PodGroup } from './PodGroup.ts';

/** Pods for which the cluster autoscaler keeps a node, if it is the one that drains. Bare pods have a check of their own. */
export const autoscalerKeepsNode: Check = ({ scenario, groups, selectedBy }) => {
  const { mode, objections, pods } = scenario.roll.drain;
  if (mode === 'none' || objections !== 'clusterAutoscaler') return [];
  const budgeted = new Set(scenario.cluster.budgets.flatMap((budget) => selectedBy(budget)));
  return groups.flatMap((group) => {
    if (!isDrained(group, scenario.roll) || isBare(group)) return [];
    const objection = autoscalerObjection({ ...group, ownerKind: ownerKindOf(group) }, pods, () => budgeted.has(group));
    if (objection === undefined) return [];
    return [
      {
        code: 'AUTOSCALER_KEEPS_NODE',
        severity: severityFor([group], scenario),
        object: group.object,
        message: `the drain of its nodes is refused: ${objection}`,
        hint: 'annotate its pods with cluster-autoscaler.kubernetes.io/safe-to-evict: "true" if they may be moved',
      },
    ];
  });
};

/** The pods of a Deployment are owned by its ReplicaSets. */
function ownerKindOf({ kind }: PodGroup): string {
  return kind === 'Deployment' ? 'ReplicaSet' : kind;
}
