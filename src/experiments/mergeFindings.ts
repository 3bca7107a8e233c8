import type { Finding } from '../scenario/Scenario.ts';

/** All findings, errors first, each code and object once. */
export function mergeFindings(...lists: readonly (readonly Finding[])[]): Finding[] {
  const known = new Map<string, Finding>();
  for (const finding of lists.flat()) {
    const key = `${finding.code} ${finding.object} ${finding.message}`;
    if (!known.has(key)) known.set(key, finding);
  }
  return [...known.values()].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

const SEVERITIES = ['error', 'warning', 'info'];
