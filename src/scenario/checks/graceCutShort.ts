import { type Check, isDrained } from './Check.ts';

/**
 * Pods that ask for more time to end than the drain leaves them: a roller that sends 0 and means "the default" kills them at once.
 * @see kubernetes/kubernetes staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go (DeleteOptions.gracePeriodSeconds)
 */
export const graceCutShort: Check = ({ scenario: { roll }, groups }) => {
  const { mode, gracePeriodSeconds, longestGraceSeconds } = roll.drain;
  const sent = gracePeriodSeconds ?? longestGraceSeconds;
  if (mode === 'none' || sent === undefined) return [];
  return groups
    .filter((group) => isDrained(group) && group.spec.terminationGracePeriodSeconds > sent)
    .map(({ object, spec }) => ({
      code: 'GRACE_CUT_SHORT',
      severity: 'warning',
      object,
      message: `its pods ask for ${spec.terminationGracePeriodSeconds} s to end and the drain leaves them ${sent} s${sent === 0 ? ': they are killed at once' : ''}`,
      hint: 'leave roll.drain.gracePeriodSeconds out, so that each pod has its own time',
    }));
};
