import type { z } from 'zod';
import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { NodeDescription } from '../cluster/Node.ts';
import type { Taint } from '../cluster/Taint.ts';
import type { Fault } from '../errors.ts';
import { expandNodePool, type ModelledNode, nodeNames } from './expandNodePool.ts';
import { expandWorkload } from './expandWorkload.ts';
import { ObjectReader } from './kubernetes/ObjectReader.ts';
import type { LocatedObject } from './LocatedObject.ts';
import { namesHint, type Path, type Reading, shownPath } from './Reading.ts';
import type { Scenario } from './Scenario.ts';
import { type GivenNodePool, type GivenWorkload, cluster as lists } from './schema/cluster.ts';

const PATH = ['spec', 'cluster'] as const;
const PATH_HINT = 'paths are relative to the scenario file';

/** The result of reading `spec.cluster`, as far as it is readable. */
export interface ReadCluster {
  readonly objects: ClusterObjects;
  /** Whether no fault keeps a node, a workload or a pod out of the objects. Only then is a name that cannot be found a wrong name. */
  readonly hasAll: { readonly nodes: boolean; readonly workloads: boolean };
  readonly nodePools: readonly GivenNodePool[];
  readonly unusedObjects: Scenario['unusedObjects'];
}

/** Kubernetes objects of one entry of `cluster.load`, not read yet. */
export interface LoadedObjects {
  /** Has `reader` read them, once. @returns what is wrong with their files. */
  readonly read: (reader: ObjectReader) => readonly Fault[];
}

/** What the reading of a cluster needs besides the scenario. */
export interface ReadClusterOptions {
  /** What the entries of `cluster.load` held, by entry as written. */
  readonly loaded: ReadonlyMap<string, LoadedObjects>;
  readonly startEpochMilliseconds: number;
  readonly kubernetesVersion: KubernetesVersion;
}

/**
 * Reads `spec.cluster`: modelled nodes, loaded objects, workloads in short form and inline objects, in this order. Faults are noted, and what
 * is faulty is left out of the result.
 * @returns undefined when the section cannot be read at all.
 */
export function readCluster(reading: Reading, options: ReadClusterOptions): ReadCluster | undefined {
  if (!isObject(reading.at(PATH))) return undefined;
  const nodePools = listAt<GivenNodePool>(reading, 'nodePools', lists.nodePools);
  const modelled = nodePools.entries.flatMap((pool, index) => expandNodePool(pool, locateIn(reading, [...PATH, 'nodePools', index])));
  const sources = sourcesOf(reading, options.loaded);
  const workloads = workloadObjects(reading);
  const inline = inlineObjects(reading);
  const reader = new ObjectReader();
  reader.read(modelled.map(({ object }) => object));
  const wrongFiles = sources.entries.flatMap((source) => readSource(source, reader, reading));
  reader.read([...workloads.entries, ...inline.entries]);
  const read = reader.finish({ start: options.startEpochMilliseconds, kubernetesVersion: options.kubernetesVersion });
  const isLoaded = sources.isWhole && inline.isWhole && wrongFiles.length === 0 && !read.faulty.has('');
  const isWhole = isLoaded && nodePools.isWhole && workloads.isWhole;
  reading.faults.push(...wrongFiles);
  for (const fault of isWhole ? read.faults : read.faults.filter(isCertain)) reading.faults.push(fault);
  reading.notModelled.push(...read.notModelled);
  for (const warning of read.warnings) reading.warnings.push(warning);
  checkByHand(reading, nodePools.entries);
  return {
    objects: { ...read.objects, nodes: withPools(read.objects.nodes, modelled) },
    hasAll: {
      nodes: isLoaded && nodePools.isWhole && !read.faulty.has('Node'),
      workloads: isLoaded && workloads.isWhole && !WORKLOAD_KINDS.some((kind) => read.faulty.has(kind)),
    },
    nodePools: nodePools.entries,
    unusedObjects: read.unused,
  };
}

/** What a match of workloads looks through. */
const WORKLOAD_KINDS = ['Pod', 'ReplicationController', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'];

/** A list of the section, and whether all of it could be read. */
interface List<Entry> {
  readonly entries: readonly Entry[];
  readonly isWhole: boolean;
}

function listAt<Entry>(reading: Reading, name: keyof typeof lists, schema: z.ZodType<Entry[]>): List<Entry> {
  const entries = reading.optionalSection<Entry[]>([...PATH, name], schema, []);
  return { entries: entries ?? [], isWhole: entries !== undefined };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function locateIn(reading: Reading, path: Path): LocatedObject['locate'] {
  return (inner, part) => reading.document.locate([...path, ...inner], part);
}

/** An entry of `cluster.load` with its place in the scenario. */
interface Source extends LoadedObjects {
  readonly path: Path;
}

function sourcesOf(reading: Reading, loaded: ReadClusterOptions['loaded']): List<Source> {
  const load = listAt<string>(reading, 'load', lists.load);
  const entries = load.entries.flatMap((entry, index) => {
    const source = loaded.get(entry);
    const path = [...PATH, 'load', index];
    if (source) return [{ ...source, path }];
    reading.refuse({ code: 'FILE_UNREADABLE', path, message: `cannot read "${entry}"`, hint: PATH_HINT });
    return [];
  });
  return { entries, isWhole: load.isWhole && entries.length === load.entries.length };
}

/** Reads an entry. A fault without a position in its files, such as a missing file, gets the position at which the scenario names it. */
function readSource(source: Source, reader: ObjectReader, reading: Reading): readonly Fault[] {
  const { path } = source;
  const position = reading.position(path);
  return source
    .read(reader)
    .map((fault) => (fault.position ? fault : { ...fault, path: shownPath(path), ...(position ? { position } : {}) }));
}

function workloadObjects(reading: Reading): List<LocatedObject> {
  const { entries, isWhole } = listAt<GivenWorkload>(reading, 'workloads', lists.workloads);
  const objectsAt = (index: number) => locateIn(reading, [...PATH, 'workloads', index]);
  return { entries: entries.flatMap((workload, index) => expandWorkload(workload, objectsAt(index))), isWhole };
}

function inlineObjects(reading: Reading): List<LocatedObject> {
  const { entries, isWhole } = listAt<unknown>(reading, 'objects', lists.objects);
  const path = (index: number) => [...PATH, 'objects', index];
  const objects = entries.map((value, index) => ({ value, within: path(index), locate: locateIn(reading, path(index)) }));
  return { entries: objects, isWhole };
}

/** Whether a fault is meaningful even if part of the input is missing: a duplicate name is, a name that was not found is not. */
function isCertain({ code, path }: Fault): boolean {
  return code !== 'KUBERNETES_CONFLICT' || (path?.endsWith('metadata.name') ?? false);
}

function checkByHand(reading: Reading, nodePools: readonly GivenNodePool[]): void {
  for (const [index, pool] of nodePools.entries()) {
    const names = nodeNames(pool);
    for (const [entry, { nodes = [] }] of (pool.byHand ?? []).entries()) {
      for (const [position, name] of nodes.entries()) {
        if (names.includes(name)) continue;
        const path = [...PATH, 'nodePools', index, 'byHand', entry, 'nodes', position];
        reading.refuse({
          code: 'SCENARIO_UNKNOWN_NODE',
          path,
          message: `no node named "${name}" in this pool`,
          hint: namesHint(name, names),
        });
      }
    }
  }
}

/** The nodes, with the scenario's pools applied: every label and taint that was not put there by hand is the pool's. */
function withPools(nodes: readonly NodeDescription[], modelled: readonly ModelledNode[]): readonly NodeDescription[] {
  const byName = new Map(modelled.map((node) => [node.name, node]));
  return nodes.map((node) => {
    const model = byName.get(node.name);
    if (!model) return node;
    const isPools = (taint: Taint) => model.poolTaints.some(({ key, effect }) => key === taint.key && effect === taint.effect);
    return { ...node, poolLabels: model.poolLabels, poolTaints: node.taints.filter(isPools) };
  });
}
