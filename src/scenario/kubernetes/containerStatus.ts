import { z } from 'zod';
import { resourceList } from './quantity.ts';

const containerStatus = z.object({
  name: z.string(),
  state: z.object({ waiting: z.object({ reason: z.string().nullish() }).nullish() }).nullish(),
  resources: z.object({ requests: resourceList }).nullish(),
  allocatedResources: resourceList,
});

/** The statuses of the containers of a pod. They are long and seldom tell anything, so most are left unread. */
export const containerStatuses = z.array(containerStatus).nullish();

/** What {@link containerStatuses} reads of one container. */
export type ContainerStatus = z.output<typeof containerStatus>;

/** Why one of these containers does not start, undefined while all of them are starting as they should. */
export function failedStart(statuses: readonly ContainerStatus[]): string | undefined {
  for (const { state } of statuses) {
    const reason = state?.waiting?.reason;
    if (reason && !STARTING.includes(reason)) return reason;
  }
  return undefined;
}

/** What a container waits for at first. */
const STARTING = ['ContainerCreating', 'PodInitializing'];
