import type { NodeDescription } from '../../cluster/Node.ts';
import { type Workload, workloadKey } from '../../cluster/Workload.ts';
import { throwFaults } from '../../errors.ts';
import { type Instant, instant } from '../../units.ts';
import type { ReadOptions } from '../kubernetes/completeObjects.ts';
import type { ReadObjects } from '../kubernetes/ObjectReader.ts';
import { readObjects } from '../kubernetes/readObjects.ts';
import type { LocatedObject } from '../LocatedObject.ts';
import type { Disturbance, NodeChange, NotModelled } from '../Scenario.ts';
import type { RollTrace, TraceDisturbance, TraceRun } from './RollTrace.ts';
import { strategicMerge } from './strategicMerge.ts';

/** What happens to the cluster from outside during one recorded run, and what of it is left out. */
export interface TraceDisturbances {
  readonly disturbances: readonly Disturbance[];
  readonly notModelled: readonly NotModelled[];
}

type Patch = NonNullable<TraceDisturbance['patch']>;
type Options = ReadOptions & Pick<LocatedObject, 'locate'>;

/** Reads the disturbances of a trace. Their times count from the start of the first cordon's command, and patches build on one another. */
export function traceDisturbances(trace: RollTrace, run: TraceRun, options: Options): TraceDisturbances {
  const given = [...(trace.disturbances ?? [])].sort((a, b) => a.at - b.at);
  const objects = new PatchedObjects(run.objects, options);
  const notModelled: NotModelled[] = [];
  const disturbances = given.flatMap((disturbance) => {
    const at = instant(disturbance.at * 1000);
    const found = disturbancesOf(disturbance, at, objects);
    if (found.length === 0) notModelled.push({ what: `the disturbance ${JSON.stringify(disturbance)}`, direction: 'optimistic' });
    return found;
  });
  return { disturbances, notModelled };
}

function disturbancesOf(given: TraceDisturbance, at: Instant, objects: PatchedObjects): Disturbance[] {
  const { scale, patch, deletePod, deleteNode, create } = given;
  if (scale)
    return [{ at, kind: 'scale', workload: workloadKey({ ...scale, namespace: scale.namespace ?? 'default' }), replicas: scale.replicas }];
  if (patch) return changesOf(patch, at, objects.patch(patch));
  if (create !== undefined) return [{ at, kind: 'create', objects: objects.read(Array.isArray(create) ? create : [create]) }];
  if (deletePod !== undefined) return [{ at, kind: 'deletePod', pod: podKey(deletePod) }];
  return deleteNode === undefined ? [] : [{ at, kind: 'deleteNode', node: fieldOf(deleteNode, 'name') ?? String(deleteNode) }];
}

function changesOf(patch: Patch, at: Instant, { workloads, budgets, nodes }: ReadObjects['objects']): Disturbance[] {
  return [
    ...workloads.map((workload) => ({ at, kind: 'change', workload, ...replicasOf(workload, patch) }) as const),
    ...budgets.map((budget) => ({ at, kind: 'changeBudget', budget }) as const),
    ...nodes.flatMap((node) => {
      const change = nodeChangeOf(node, patch);
      return Object.keys(change).length === 0 ? [] : ({ at, kind: 'changeNode', node: node.name, change } as const);
    }),
  ];
}

/** The new state of a patched node, as far as the patch determines it: the rest is as the roll has left it. */
function nodeChangeOf({ labels, taints, unschedulable }: NodeDescription, { body }: Patch): NodeChange {
  const spec = mapIn(body, 'spec');
  return {
    ...('labels' in mapIn(body, 'metadata') ? { labels } : {}),
    ...('taints' in spec ? { taints } : {}),
    ...('unschedulable' in spec ? { unschedulable } : {}),
  };
}

/** The replicas of a patched workload, if the patch says anything about them. */
function replicasOf(workload: Workload, { body }: Patch): { readonly replicas?: number } {
  return 'replicas' in workload && 'replicas' in mapIn(body, 'spec') ? { replicas: workload.replicas } : {};
}

function podKey(given: unknown): string {
  const name = fieldOf(given, 'name') ?? String(given);
  return name.includes('/') ? name : `${fieldOf(given, 'namespace') ?? 'default'}/${name}`;
}

function fieldOf(value: unknown, key: string): string | undefined {
  const field = typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
  return typeof field === 'string' ? field : undefined;
}

/** The objects of a run as the patches so far have left them. */
class PatchedObjects {
  private readonly objects: unknown[];
  private readonly options: Options;

  constructor(objects: readonly unknown[], options: Options) {
    this.objects = [...objects];
    this.options = options;
  }

  read(objects: readonly unknown[]): ReadObjects['objects'] {
    const classes = this.objects.filter((object) => fieldOf(object, 'kind') === 'PriorityClass');
    const located = [...classes, ...objects].map((value) => ({ value, locate: this.options.locate }));
    const read = readObjects(located, this.options);
    throwFaults(read.faults);
    return read.objects;
  }

  patch({ kind, name, namespace = 'default', body }: Patch): ReadObjects['objects'] {
    const index = this.objects.findIndex((object) => {
      const meta = mapIn(object, 'metadata');
      return fieldOf(object, 'kind') === kind && fieldOf(meta, 'name') === name && (fieldOf(meta, 'namespace') ?? 'default') === namespace;
    });
    if (index < 0) return this.read([]);
    this.objects[index] = strategicMerge(this.objects[index], body);
    return this.read([this.objects[index]]);
  }
}

/** The map under `key`, an empty one if there is none. */
function mapIn(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const field = typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
  return typeof field === 'object' && field !== null ? { ...field } : {};
}
