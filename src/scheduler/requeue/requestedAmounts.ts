import type { PodRequests } from '../../cluster/podRequests.ts';

/** The resources that `requests` really ask for, with their amounts (CPU in thousandths). */
export function requestedAmounts(requests: PodRequests): ReadonlyMap<string, number> {
  const all: (readonly [string, number])[] = [
    ['cpu', requests.milliCpu],
    ['memory', requests.memory],
    ['ephemeral-storage', requests.ephemeralStorage],
    ...requests.scalars,
  ];
  return new Map(all.filter(([, amount]) => amount > 0));
}
