import { minutes } from '../../units.ts';
import type { Preset } from '../Preset.ts';
import { ackReplace } from './ackReplace.ts';

/**
 * {@link ackReplace} as it was up to 2021: after 15 minutes of drain the disk is replaced all the same.
 * @see AlibabaCloudDocs/csk (July 2021), managed node pools
 */
export const ackReplace2021: Preset = {
  ...ackReplace,
  name: 'ack-replace-2021',
  describes: 'Alibaba ACK up to 2021: the same, by force after 15 minutes of drain',
  knobs: { ...ackReplace.knobs, drain: { ...ackReplace.knobs.drain, timeout: minutes(15), onTimeout: 'force' } },
};
