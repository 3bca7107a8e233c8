import { z } from 'zod';
import { closed } from './closed.ts';
import { distribution } from './distribution.ts';
import { duration } from './duration.ts';
import { nodeMatch, podMatch } from './match.ts';
import { byteSize } from './quantity.ts';

/** `spec.timing`: how long things take. In each list the first entry that matches counts; one without `match` is for all others. */
export const timing = closed({
  nodes: z.exactOptional(z.array(closed({ match: z.exactOptional(nodeMatch), reset: distribution }))),
  pods: z.exactOptional(
    z.array(closed({ match: z.exactOptional(podMatch), ready: z.exactOptional(distribution), exit: z.exactOptional(distribution) })),
  ),
  endpoints: z
    .exactOptional(
      closed({
        removal: z.exactOptional(duration).meta({ description: 'Until every node knows that a pod joined or left, 0s unless given' }),
        loadBalancer: z.exactOptional(duration).meta({ description: 'Until a load balancer follows in addition, 0s unless given' }),
      }),
    )
    .meta({
      description:
        'Lag between a pod becoming Ready or terminating and clients seeing it; demand sent to a pod that has already ended is unserved',
    }),
  images: z.exactOptional(
    closed({
      size: byteSize.meta({ description: 'Size of an image that no node lists' }),
      nodeRate: byteSize.meta({ description: 'Bytes per second that one node can pull' }),
      registryRate: byteSize.meta({ description: 'Bytes per second that the registry gives to all nodes together' }),
    }),
  ),
  volumes: z.exactOptional(
    closed({
      attach: z.exactOptional(distribution),
      detach: z.exactOptional(distribution),
      provision: z.exactOptional(distribution),
      unmount: z.exactOptional(distribution).meta({ description: 'From the end of the last container' }),
      report: z
        .exactOptional(closed({ every: z.exactOptional(duration), after: z.exactOptional(duration) }))
        .meta({ description: 'When a node reports volumes as unused: with its status every so often, or so long after the unmount' }),
    }),
  ),
});

/** `spec.timing` as checked. */
export type GivenTiming = z.output<typeof timing>;
