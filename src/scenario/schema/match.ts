import { z } from 'zod';
import { closed } from './closed.ts';

/** Labels or annotations: text by text. */
export const labels = z.record(z.string(), z.string());

/** A taint as Kubernetes writes it. */
export const taint = closed({
  key: z.string().min(1),
  value: z.exactOptional(z.string()),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
});

/** Nodes by name or labels; every field that is given must hold. */
export const nodeMatch = closed({ names: z.exactOptional(z.array(z.string()).min(1)), labels: z.exactOptional(labels) });

/** Pods by namespace and labels; every field that is given must hold. */
export const podMatch = closed({ namespace: z.exactOptional(z.string()), labels: z.exactOptional(labels) });

/** Workloads by kind, namespace, name and labels; every field that is given must hold. */
export const workloadMatch = closed({
  kind: z.exactOptional(z.string()),
  namespace: z.exactOptional(z.string()),
  name: z.exactOptional(z.string()),
  labels: z.exactOptional(labels),
});
