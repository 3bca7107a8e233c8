import { z } from 'zod';
import type { NodeDescription, NodeReadiness } from '../../cluster/Node.ts';
import { UNSCHEDULABLE } from '../../cluster/Taint.ts';
import { epochOf, metadata } from './metadata.ts';
import { isPoolLabel, isPoolTaint, poolOf } from './nodePool.ts';
import { resourceList } from './quantity.ts';
import type { ReadContext } from './ReadContext.ts';
import { type ReadResult, readWith } from './readWith.ts';
import { taint } from './taint.ts';

const image = z.object({ names: z.array(z.string()).nullish(), sizeBytes: z.number().nonnegative().nullish() });
const condition = z.object({ type: z.string(), status: z.string().nullish() });

const schema = z.object({
  metadata,
  spec: z.object({ providerID: z.string().nullish(), unschedulable: z.boolean().nullish(), taints: z.array(taint).nullish() }).nullish(),
  status: z
    .object({
      allocatable: resourceList,
      capacity: resourceList,
      conditions: z.array(condition).nullish(),
      images: z.array(image).nullish(),
    })
    .nullish(),
});

/**
 * Reads a Node. Without `allocatable` the capacity counts; without conditions the node is Ready. A cordoned node also gets the taint that
 * the node lifecycle controller would add. Pool, pool labels and pool taints are derived from the labels: see `nodePool.ts`.
 */
export function readNode(value: unknown, { interner }: ReadContext): ReadResult<NodeDescription> {
  return readWith(schema, value, ({ metadata: { name, labels, ...meta }, spec, status }): NodeDescription => {
    const unschedulable = spec?.unschedulable ?? false;
    const given = spec?.taints ?? [];
    const taints = unschedulable && !given.some(({ key }) => key === UNSCHEDULABLE.key) ? [...given, UNSCHEDULABLE] : given;
    const allocatable = status?.allocatable ?? {};
    const createdEpoch = epochOf(meta.creationTimestamp);
    return {
      name,
      uid: meta.uid ?? undefined,
      ...(createdEpoch === undefined ? {} : { createdEpoch }),
      providerID: spec?.providerID || undefined,
      pool: poolOf(labels),
      labels,
      poolLabels: Object.fromEntries(Object.entries(labels).filter(([key]) => isPoolLabel(key))),
      poolTaints: taints.filter(isPoolTaint),
      annotations: meta.annotations,
      taints: interner.share(taints),
      unschedulable,
      allocatable: interner.share(Object.keys(allocatable).length > 0 ? allocatable : (status?.capacity ?? {})),
      images: (status?.images ?? []).map(({ names, sizeBytes }) => interner.share({ names: names ?? [], sizeBytes: sizeBytes ?? 0 })),
      ready: readiness(status?.conditions ?? []),
    };
  });
}

function readiness(conditions: readonly z.output<typeof condition>[]): NodeReadiness {
  const ready = conditions.find(({ type }) => type === 'Ready');
  if (!ready) return 'True';
  return ready.status === 'True' || ready.status === 'False' ? ready.status : 'Unknown';
}
