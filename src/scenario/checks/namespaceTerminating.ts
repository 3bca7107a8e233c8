import { type Check, consequence, isDrained, severityFor } from './Check.ts';
import type { PodGroup } from './PodGroup.ts';

/**
 * Namespaces that are being deleted while pods are left in them: these can neither be evicted nor replaced.
 * @see kubernetes/apiserver pkg/admission/plugin/namespace/lifecycle/admission.go
 */
export const namespaceTerminating: Check = ({ scenario, groups }) => {
  const { drain } = scenario.roll;
  return scenario.cluster.namespaces.flatMap(({ name, isTerminating }) => {
    if (!isTerminating) return [];
    const met = groups.filter((group) => group.namespace === name && isDrained(group, scenario.roll) && isThere(group));
    const [first, ...others] = met;
    if (!first || drain.mode === 'none') return [];
    const pods = `${first.object}${others.length === 0 ? '' : ` and ${others.length} more`}`;
    const isRefused = drain.mode === 'evict';
    return [
      {
        code: 'NAMESPACE_TERMINATING',
        severity: isRefused ? severityFor(met, scenario) : 'warning',
        object: `Namespace/${name}`,
        message: isRefused
          ? `it is being deleted, so the API server refuses to evict ${pods}: ${consequence(scenario)}`
          : `it is being deleted, so ${pods} will not be replaced`,
        hint: 'delete what is left in it (its pods, and what its finalizers wait for) before the roll',
      },
    ];
  });
};

function isThere({ boundTo }: PodGroup): boolean {
  return boundTo.length > 0;
}
