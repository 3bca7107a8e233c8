import { ZERO } from '../units.ts';

/** What the row of a node says whose turn never came. */
export const NEVER_STARTED = {
  batch: -1,
  drainedAt: undefined,
  resetAt: undefined,
  readyAt: undefined,
  inServiceAt: undefined,
  blocked: ZERO,
  refusedBy: [],
  evictions: 0,
  refusals: 0,
  forcedKills: 0,
  lostData: [],
};
