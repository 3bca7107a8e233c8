import type { Finding } from '../scenario/Scenario.ts';
import { type Duration, formatDuration, seconds } from '../units.ts';
import { inFigures } from './counted.ts';
import type { Remains } from './Remains.ts';
import { missedRequests } from './unservedDemand.ts';

/**
 * Workloads that lost requests although enough pods were Ready: clients learn later that a pod goes than it ends. The budget knows nothing
 * of that, for it counts Ready pods and not those that requests are sent to.
 */
export function missedRequestFindings(remains: Remains): Finding[] {
  const { endpoints } = remains.scenario.timing;
  if (!endpoints) return [];
  const lag = formatDuration((endpoints.removal + endpoints.loadBalancer) as Duration);
  return missedRequests(remains).map(({ track: { kind, namespace, name }, requests, seconds: time }) => ({
    code: 'REQUESTS_MISSED',
    severity: 'warning',
    object: `${kind}/${namespace}/${name}`,
    message: `${inFigures(Math.round(requests))} requests were sent to pods that had ended, for ${formatDuration(seconds(time))} in all: clients leave a pod out ${lag} after it begins to terminate`,
    hint: `keep its pods serving for as long (a preStop hook that sleeps ${lag}, and a longer grace period), or have clients follow sooner`,
  }));
}
