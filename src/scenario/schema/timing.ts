import { z } from 'zod';
import { closed, refuse } from './closed.ts';
import { distribution } from './distribution.ts';
import { duration } from './duration.ts';
import { nodeMatch, podMatch } from './match.ts';
import { byteSize, cpuAmount } from './quantity.ts';

const registration = closed({
  labelsAfter: z.exactOptional(distribution),
  devicesAfter: z.exactOptional(distribution),
  networkAfter: z.exactOptional(distribution),
}).meta({
  description:
    'What comes later than Ready after a reset: labels that no kubelet sets (of a new Node object), extended resources of device plugins, the network, without which no pod starts',
});

const readyIs = z.enum(['Ready', 'answering']).meta({
  description:
    'What ends ready: the Ready condition (default), or containers that answer their probes, whose periods and delays come on top',
});

const crashes = closed({
  after: duration.meta({ description: 'Time from Running to the failure' }),
  count: z.exactOptional(z.int().min(1).meta({ description: 'How many starts of each pod fail' })),
  until: z.exactOptional(duration.meta({ description: 'Until how long after the start of the roll every start fails' })),
}).meta({ description: 'Containers that fail by themselves (CrashLoopBackOff); with neither count nor until they never become Ready' });

const failingImage = closed({
  image: z.string().min(1).meta({ description: 'Name of an image as pods give it, or the beginning of names with * behind it' }),
  until: z.exactOptional(
    duration.meta({ description: 'Until how long after the start of the roll it cannot be pulled; for ever when absent' }),
  ),
}).meta({ description: 'An image that cannot be pulled (ImagePullBackOff)' });

/** Where a time comes from is said of each by itself. */
function originOf(time: string): string {
  return `it stands beside the value of a time, as in ${time}: {constant: 40s, origin: assumed}`;
}

/** `spec.timing`: how long things take. In each list the first entry that matches counts; one without `match` is for all others. */
export const timing = closed({
  nodes: z.exactOptional(
    z.array(
      closed(
        {
          match: z.exactOptional(nodeMatch),
          reset: z.exactOptional(distribution),
          boot: z.exactOptional(distribution).meta({
            description: 'Of a roll that replaces nodes: from the request for a new machine to Ready, as long as a reset unless given',
          }),
          deletion: z.exactOptional(distribution).meta({
            description: 'Of a roll that replaces nodes: from the end of the drain until the machine is gone, 1m unless given',
          }),
          registration: z.exactOptional(registration),
        },
        { origin: originOf('reset') },
      ).superRefine(({ reset, boot }, context) => {
        if (!reset && !boot) refuse(context, 'missing reset', 'such as 8m; or boot, for a roll that makes new nodes', ['reset']);
      }),
    ),
  ),
  pods: z.exactOptional(
    z.array(
      closed(
        {
          match: z.exactOptional(podMatch),
          ready: z.exactOptional(distribution),
          readyIs: z.exactOptional(readyIs),
          gates: z.exactOptional(distribution),
          crashes: z.exactOptional(crashes),
          complete: z
            .exactOptional(distribution)
            .meta({ description: 'Running to the successful end of the pod by itself, for Jobs; never unless given' }),
          exit: z.exactOptional(distribution),
        },
        { origin: originOf('ready') },
      ),
    ),
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
  starts: z
    .exactOptional(closed({ cpu: cpuAmount.meta({ description: 'CPU that a pod uses from Running until its ready time is over' }) }))
    .meta({
      description: 'Pods that start on one node share its allocatable CPU: beyond it their ready times stretch; not at all unless given',
    }),
  images: z.exactOptional(
    closed({
      size: byteSize.meta({ description: 'Size of an image that no node lists' }),
      nodeRate: byteSize.meta({ description: 'Bytes per second that one node can pull' }),
      registryRate: byteSize.meta({ description: 'Bytes per second that the registry gives to all nodes together' }),
      parallel: z.exactOptional(z.union([z.boolean(), z.int().min(1)])).meta({
        description:
          'Whether a node pulls images of different pods at once (serializeImagePulls: false), or how many (maxParallelImagePulls); one unless given',
      }),
      failing: z.exactOptional(z.array(failingImage)),
    }),
  ),
  volumes: z.exactOptional(
    closed({
      attach: z.exactOptional(distribution),
      detach: z.exactOptional(distribution),
      provision: z.exactOptional(distribution),
      unmount: z.exactOptional(distribution).meta({ description: 'From the end of the last container' }),
      report: z
        .exactOptional(
          closed({ every: z.exactOptional(duration), after: z.exactOptional(duration) }).refine(
            ({ every, after }) => (every === undefined) !== (after === undefined),
            'give exactly one of every, after',
          ),
        )
        .meta({ description: 'When a node reports volumes as unused: with its status every so often, or so long after the unmount' }),
    }),
  ),
});

/** `spec.timing` as checked. */
export type GivenTiming = z.output<typeof timing>;
