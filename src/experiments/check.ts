import { subjectOf } from '../scenario/checks/Check.ts';
import * as checks from '../scenario/checks/registry.ts';
import type { Finding, Scenario } from '../scenario/Scenario.ts';

/**
 * Faults of `scenario` that rules and arithmetic find without a simulation; errors first, then warnings, then remarks.
 *
 * Finding nothing does not mean that the roll goes well: only a run tells.
 */
export function check(scenario: Scenario): Finding[] {
  const subject = subjectOf(scenario);
  const findings = Object.values(checks).flatMap((rule) => rule(subject));
  return errorsFirst(findings);
}

/** `findings` with errors first, then warnings, then remarks, each in the order given. */
export function errorsFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => RANK.indexOf(a.severity) - RANK.indexOf(b.severity));
}

const RANK: readonly Finding['severity'][] = ['error', 'warning', 'info'];
