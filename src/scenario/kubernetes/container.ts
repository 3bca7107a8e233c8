import { z } from 'zod';
import type { Container, ContainerPort, Probe } from '../../cluster/PodSpec.ts';
import type { ResourceList } from '../../cluster/ResourceList.ts';
import { resourceList } from './quantity.ts';

const seconds = z.number().int().nonnegative().nullish();

const probe = z
  .object({
    initialDelaySeconds: seconds,
    periodSeconds: seconds,
    timeoutSeconds: seconds,
    successThreshold: seconds,
    failureThreshold: seconds,
  })
  .nullish()
  .transform((given): Probe | undefined =>
    given
      ? {
          initialDelaySeconds: given.initialDelaySeconds ?? 0,
          periodSeconds: given.periodSeconds || 10,
          timeoutSeconds: given.timeoutSeconds || 1,
          successThreshold: given.successThreshold || 1,
          failureThreshold: given.failureThreshold || 3,
        }
      : undefined,
  );

const port = z.object({
  containerPort: z.number().int().nullish(),
  hostPort: z.number().int().nullish(),
  hostIP: z.string().nullish(),
  protocol: z.string().nullish(),
});

const preStop = z.object({
  sleep: z.object({ seconds: z.number() }).nullish(),
  exec: z.unknown().optional(),
  httpGet: z.unknown().optional(),
});

/**
 * One container with the defaults of the API server: pull policy by tag, requests from limits, probe periods, protocol TCP. `ports` keeps
 * every port as written; {@link withHostPorts} determines which of them the node has to offer.
 * @see kubernetes/kubernetes pkg/apis/core/v1/defaults.go
 */
export const container = z
  .object({
    name: z.string(),
    image: z.string().nullish(),
    imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never', '']).nullish(),
    resources: z.object({ requests: resourceList, limits: resourceList }).nullish(),
    ports: z.array(port).nullish(),
    restartPolicy: z.string().nullish(),
    readinessProbe: probe,
    startupProbe: probe,
    livenessProbe: probe,
    lifecycle: z.object({ preStop: preStop.nullish() }).nullish(),
  })
  .transform((given) => {
    const hook = given.lifecycle?.preStop;
    const limits = given.resources?.limits ?? {};
    const read: Container = {
      name: given.name,
      image: given.image ?? '',
      imagePullPolicy: given.imagePullPolicy || defaultPullPolicy(given.image ?? ''),
      requests: withLimitsAsRequests(given.resources?.requests ?? {}, limits),
      limits,
      ports: [],
      restartPolicy: given.restartPolicy === 'Always' ? 'Always' : undefined,
      readinessProbe: given.readinessProbe,
      startupProbe: given.startupProbe,
      livenessProbe: given.livenessProbe,
      preStopSeconds: hook?.sleep?.seconds ?? 0,
    };
    return { container: read, ports: given.ports ?? [], hasOpaqueHook: Boolean(hook?.exec ?? hook?.httpGet) };
  });

/** What {@link container} reads: the container without ports, its ports, and whether a preStop hook of unknown length is there. */
export type ReadContainer = z.output<typeof container>;

/** The container with the ports that its node has to offer; on the host's network every container port is one. */
export function withHostPorts({ container: read, ports }: ReadContainer, network: 'host' | 'pod'): Container {
  const offered = ports.flatMap((given): ContainerPort[] => {
    const hostPort = given.hostPort || (network === 'host' ? (given.containerPort ?? 0) : 0);
    return hostPort > 0 ? [{ hostIP: given.hostIP ?? '', hostPort, protocol: given.protocol || 'TCP' }] : [];
  });
  return offered.length > 0 ? { ...read, ports: offered } : read;
}

function defaultPullPolicy(image: string): Container['imagePullPolicy'] {
  if (image.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function withLimitsAsRequests(requests: ResourceList, limits: ResourceList): ResourceList {
  return Object.keys(limits).every((resource) => resource in requests) ? requests : { ...limits, ...requests };
}
