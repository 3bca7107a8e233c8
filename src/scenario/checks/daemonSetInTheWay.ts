import { type Check, isSelected } from './Check.ts';

/** DaemonSets with pods on rolled nodes, where the drain refuses a node with such pods instead of leaving them alone. */
export const daemonSetInTheWay: Check = ({ scenario, groups }) => {
  const { drain } = scenario.roll;
  const { mode, pods } = drain;
  if (mode === 'none' || pods.daemonSets !== 'refuseDrain') return [];
  const inTheWay = groups.filter(
    (group) => group.kind === 'DaemonSet' && group.staysOnNode && group.place !== 'elsewhere' && isSelected(group, drain),
  );
  return inTheWay.map(({ object, place }) => ({
    code: 'DAEMONSET_IN_THE_WAY',
    severity: place === 'rolled' && scenario.disturbances.length === 0 ? 'error' : 'warning',
    object,
    message: 'its pods belong to their nodes, and the drain of a node with one of them is refused',
    hint: 'let the drain leave them alone: roll.drain.pods.daemonSets: ignore',
  }));
};
