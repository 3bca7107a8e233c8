import type { Requirement } from '../../../src/cluster/LabelSelector.ts';
import { requirementHolds } from '../../../src/cluster/LabelSelector.ts';
import { anyTermMatches } from '../../../src/cluster/nodeAffinity.ts';
import { type Taint, type Toleration, tolerates } from '../../../src/cluster/Taint.ts';
import { HostPorts } from '../../../src/scheduler/HostPorts.ts';
import type { Run } from './Vector.ts';

type Port = readonly [hostIP: string, protocol: string, hostPort: number];

/** Ports, taints and node selectors. */
export const matching: Readonly<Record<string, Run>> = {
  hostPorts({ used, want }: { used: Port[]; want: Port }) {
    const ports = new HostPorts();
    for (const each of used) ports.add(portOf(each));
    return { conflict: ports.conflictsWith(portOf(want)) };
  },

  toleration({ toleration, taint }: { toleration: Partial<Toleration>; taint: Partial<Taint> }) {
    const full: Toleration = { key: '', operator: 'Equal', value: '', ...toleration };
    return { tolerated: tolerates(full, { key: '', value: '', effect: 'NoSchedule', ...taint }) };
  },

  nodeSelectorRequirement({ requirement, labels }: { requirement: Partial<Requirement>; labels: Record<string, string> }) {
    const full: Requirement = { key: '', operator: 'In', values: [], ...requirement };
    return { match: requirementHolds(full, labels[full.key]) };
  },

  nodeSelectorTerms({ requiredNodeSelectorTerms }: { requiredNodeSelectorTerms: object[] }) {
    const terms = requiredNodeSelectorTerms.map(() => ({ matchExpressions: [], matchFields: [] }));
    return { matchesAnyNode: anyTermMatches(terms, { name: 'n', labels: { any: 'label' } }) };
  },
};

function portOf([hostIP, protocol, hostPort]: Port) {
  return { hostIP, protocol, hostPort };
}
