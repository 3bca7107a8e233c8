import type { PartialKnobs } from '../PartialKnobs.ts';
import type { Reading } from '../Reading.ts';
import type { ReadCluster } from '../readCluster.ts';
import type { GivenRoll } from '../schema/roll.ts';
import { DEFAULT_POOL } from './readUpgradeNodePool.ts';
import type { UpgradeRequest } from './UpgradeRequest.ts';

/**
 * The knobs that a request sets: `force`, `retryTimes` and `waitPostInstallFinish`, where the pool's own setting takes precedence. Notes
 * what in the request has no effect, and what is not modelled.
 */
export function requestKnobs(
  reading: Reading,
  request: UpgradeRequest | undefined,
  given: GivenRoll,
  cluster: ReadCluster | undefined,
): PartialKnobs {
  const asked = [given.pool, request?.nodePoolID];
  const pool = cluster?.nodePools.find(({ name, id = name }) => asked.includes(name) || asked.includes(id));
  const poolWaits = pool?.waitPostInstallFinish;
  if (request) warn(reading, request, poolWaits);
  const waits = poolWaits ?? request?.waitPostInstallFinish;
  return {
    ...(request?.force === undefined ? {} : { drain: { onTimeout: request.force ? 'force' : 'failNode' } }),
    ...(waits === undefined ? {} : { gate: { waitPostInstallFinish: waits } }),
    ...(request?.retryTimes === undefined ? {} : { failure: { retries: request.retryTimes } }),
  };
}

function warn(reading: Reading, request: UpgradeRequest, poolWaits: boolean | undefined): void {
  const note = (code: string, message: string, hint: string) =>
    reading.warnings.push({ code, severity: 'warning', object: `nodepool/${request.nodePoolID}`, message, hint });
  if (request.hasTemplate && request.nodePoolID !== DEFAULT_POOL)
    note('REQUEST_TEMPLATE_UNUSED', 'nodeTemplate is for the default pool; this pool has settings of its own', 'leave nodeTemplate out');
  if (poolWaits !== undefined && request.waitPostInstallFinish !== undefined && poolWaits !== request.waitPostInstallFinish)
    note('REQUEST_WAIT_OVERRULED', `waitPostInstallFinish of the pool (${poolWaits}) wins over the request`, 'make them agree');
  if (request.hasLongScripts)
    note(
      'REQUEST_SCRIPTS_LONG',
      'the API may count both scripts together, and then refuse them',
      'shorten them to 10,240 characters in all',
    );
  if (request.validateStorage)
    reading.notModelled.push({ what: 'the check of disk layouts (validateStorage): every node is taken to pass', direction: 'optimistic' });
}
