import type { DrainPlan } from '../../rolls/RollPlan.ts';
import { formatDuration, seconds } from '../../units.ts';
import type { Finding } from '../Scenario.ts';
import { type Check, isDrained } from './Check.ts';
import type { PodGroup } from './PodGroup.ts';

/**
 * Pods that ask for more time to terminate than the drain leaves them. A roller that sends 0 and means "the default" kills them at once,
 * and one that forces the reset kills those that are still terminating when its time is over.
 * @see kubernetes/kubernetes staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go (DeleteOptions.gracePeriodSeconds)
 */
export const graceCutShort: Check = ({ scenario: { roll }, groups }) => {
  if (roll.drain.mode === 'none') return [];
  return groups
    .filter((group) => isDrained(group, roll))
    .flatMap((group) => cutBySeconds(group, roll.drain) ?? cutByTimeout(group, roll.drain) ?? []);
};

function cutBySeconds({ object, spec }: PodGroup, { gracePeriodSeconds, longestGraceSeconds }: DrainPlan): Finding | undefined {
  const sent = gracePeriodSeconds ?? longestGraceSeconds;
  if (sent === undefined || spec.terminationGracePeriodSeconds <= sent) return undefined;
  return {
    code: 'GRACE_CUT_SHORT',
    severity: 'warning',
    object,
    message: `${asked(spec)} and the drain leaves them ${sent} s${sent === 0 ? ': they are killed at once' : ''}`,
    hint: 'leave roll.drain.gracePeriodSeconds out, so that each pod has its own time',
  };
}

function cutByTimeout({ object, spec }: PodGroup, { onTimeout, timeout }: DrainPlan): Finding | undefined {
  const isLonger = seconds(spec.terminationGracePeriodSeconds) > timeout;
  if (onTimeout !== 'force' || !isLonger) return undefined;
  return {
    code: 'GRACE_CUT_SHORT',
    severity: 'warning',
    object,
    message: `${asked(spec)} and those that still do are killed by the forced reset ${formatDuration(timeout)} after the drain began`,
    hint: 'give the drain more time (roll.drain.timeout) than its pods ask for to end',
  };
}

function asked({ terminationGracePeriodSeconds }: PodGroup['spec']): string {
  return `its pods ask for ${terminationGracePeriodSeconds} s to end`;
}
