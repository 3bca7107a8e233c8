import type { NodeDescription } from '../../cluster/Node.ts';
import type { Check } from './Check.ts';
import type { PodGroup } from './PodGroup.ts';

/** Pods that need a label which somebody put on rolled nodes by hand: after the reset the label is gone and the node no longer matches. */
export const lostLabel: Check = ({ scenario: { cluster, roll }, groups }) => {
  if (!roll.wipe.userLabels) return [];
  const rolled = new Set(roll.nodes);
  const wiped = new Set(cluster.nodes.filter(({ name }) => rolled.has(name)).flatMap(userMadeLabels));
  return groups.flatMap((group) => {
    const lost = [...new Set(wantedKeys(group))].filter((key) => wiped.has(key));
    if (lost.length === 0) return [];
    return [
      {
        code: 'LABEL_LOST',
        severity: 'warning',
        object: group.object,
        message: `its pods ask for the node label ${lost.join(', ')}, which is not the pool's and ${roll.surge ? 'no new node has' : 'is wiped by the reset'}`,
        hint: 'give the label to the pool, or put it on the nodes again after the reset',
      },
    ];
  });
};

function wantedKeys({ spec: { nodeSelector, affinity } }: PodGroup): string[] {
  const terms = affinity.node.required ?? [];
  const positive = terms.flatMap(({ matchExpressions }) => matchExpressions.filter(({ operator }) => !operator.includes('Not')));
  return [...Object.keys(nodeSelector), ...positive.map(({ key }) => key)];
}

function userMadeLabels({ labels, poolLabels }: NodeDescription): string[] {
  return Object.keys(labels).filter((key) => labels[key] !== poolLabels[key]);
}
