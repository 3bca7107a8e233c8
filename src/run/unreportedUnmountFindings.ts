import type { UnreportedUnmount } from '../controllers/VolumeReports.ts';
import type { NodeReset } from '../rolls/NodeReset.ts';
import type { Finding } from '../scenario/Scenario.ts';
import { type Duration, formatDuration } from '../units.ts';

/**
 * Names, node by node, the pods whose volume stayed attached to a node that went away before it could report the unmount: whoever needs
 * the volume elsewhere waits until the node is back, or six minutes if it is not.
 */
export function unreportedUnmountFindings(resets: readonly NodeReset[]): Finding[] {
  return resets.flatMap(({ node, unreportedUnmounts = [] }) =>
    unreportedUnmounts.length > 0 ? [findingOf(node, unreportedUnmounts)] : [],
  );
}

function findingOf(node: string, untold: readonly UnreportedUnmount[]): Finding {
  const pods = untold.map((one) => `${one.pod} (${one.volume}, ${describe(one)})`).join(', ');
  const pause = formatDuration(Math.max(...untold.map(({ needed }) => needed)) as Duration);
  const canPause = untold.some(({ unmountedFor }) => unmountedFor !== undefined);
  return {
    code: 'UNMOUNT_NOT_REPORTED',
    severity: 'warning',
    object: `Node/${node}`,
    message: `${node} went away before it could report the unmount, so the volume stayed attached to it and its pod waited for the reset: ${pods}`,
    hint: canPause ? `a pause of ${pause} between drain and reset avoids it: roll.pauseAfterDrain` : 'let the drain end the pods in time',
  };
}

function describe({ unmountedFor, chance }: UnreportedUnmount): string {
  if (unmountedFor === undefined) return 'killed with the node';
  return `${formatDuration(unmountedFor)} after the unmount; the report comes too late in ${Math.round(chance * 100)} % of all cases`;
}
