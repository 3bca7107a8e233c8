import { z } from 'zod';
import { closed } from './closed.ts';
import { distribution } from './distribution.ts';
import { nodeMatch, podMatch } from './match.ts';
import { byteSize } from './quantity.ts';

/** `spec.timing`: how long things take. In each list the first entry that matches counts; one without `match` is for all others. */
export const timing = closed({
  nodes: z.exactOptional(z.array(closed({ match: z.exactOptional(nodeMatch), reset: distribution }))),
  pods: z.exactOptional(
    z.array(closed({ match: z.exactOptional(podMatch), ready: z.exactOptional(distribution), exit: z.exactOptional(distribution) })),
  ),
  images: z.exactOptional(
    closed({
      size: byteSize.meta({ description: 'Size of an image that no node lists' }),
      nodeRate: byteSize.meta({ description: 'Bytes per second that one node can pull' }),
      registryRate: byteSize.meta({ description: 'Bytes per second that the registry gives to all nodes together' }),
    }),
  ),
});

/** `spec.timing` as checked. */
export type GivenTiming = z.output<typeof timing>;
