import type { ClusterObjects } from '../../../src/cluster/ClusterObjects.ts';
import { readObjects } from '../../../src/scenario/kubernetes/readObjects.ts';
import type { EvictionTrace, KubernetesObject } from './EvictionTrace.ts';

/** The Kubernetes objects of a trace as the API server would hold them, so that patches can be applied to them. */
export class TraceObjects {
  private readonly raw = new Map<string, KubernetesObject>();
  private readonly start: number;

  constructor({ objects }: EvictionTrace) {
    for (const object of objects) this.raw.set(keyOf(object), object);
    const created = objects.map(({ metadata }) => Date.parse(metadata.creationTimestamp ?? ''));
    this.start = Math.max(0, ...created.filter(Number.isFinite)) + 5000;
  }

  /** Everything that the trace starts with; nodes are not recorded, so the ones that pods name are made up. */
  read(nodes: Iterable<string>): ClusterObjects {
    return this.readAll([...[...nodes].map(nodeNamed), ...this.raw.values()]);
  }

  /** Takes a new object in. */
  create(object: KubernetesObject): ClusterObjects {
    this.raw.set(keyOf(object), object);
    return this.readAll([object]);
  }

  /** Applies a JSON merge patch; a change of the spec raises the generation. */
  patch(key: string, patch: Readonly<Record<string, unknown>>): ClusterObjects {
    const before = this.raw.get(key);
    if (!before) throw new Error(`no object ${key}`);
    const generation = (before.metadata.generation ?? 1) + ('spec' in patch ? 1 : 0);
    const merged = merge(merge(before, patch), { metadata: { generation } }) as KubernetesObject;
    this.raw.set(key, merged);
    return this.readAll([merged]);
  }

  private readAll(values: readonly KubernetesObject[]): ClusterObjects {
    const located = values.map((value) => ({ value, locate: () => ({ file: 'trace', line: 1, column: 1 }) }));
    const names = values.flatMap(({ spec }) => String({ nodeName: '', ...(spec as object) }.nodeName) || []);
    const { objects, faults } = readObjects(located, { start: this.start, kubernetesVersion: '1.34', otherNodes: names });
    if (faults[0]) throw new Error(faults[0].message);
    return objects;
  }
}

function keyOf({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.namespace ?? 'default'}/${metadata.name}`;
}

function nodeNamed(name: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { allocatable: { cpu: '32', memory: '64Gi', pods: '110' }, conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

/** Applies a JSON merge patch. @see RFC 7396 */
export function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> = typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}
