import { formatDuration, ZERO } from '../units.ts';
import type { Reading } from './Reading.ts';
import type { Timing } from './Scenario.ts';
import type { GivenTiming } from './schema/timing.ts';

/** Reads the lag of the endpoints, each part 0 s unless given; nothing when the scenario does not name it. */
export function readEndpoints(reading: Reading, { endpoints }: Pick<GivenTiming, 'endpoints'>): Pick<Timing, 'endpoints'> {
  if (!endpoints) return {};
  const { removal = ZERO, loadBalancer = ZERO } = endpoints;
  reading.input('timing.endpoints', 'assumed', `${formatDuration(removal)}, load balancer ${formatDuration(loadBalancer)} more`);
  return { endpoints: { removal, loadBalancer } };
}
