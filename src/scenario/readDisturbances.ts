import { workloadKey } from '../cluster/Workload.ts';
import { after, START } from '../units.ts';
import { namesHint, type Path, type Reading } from './Reading.ts';
import type { ReadCluster } from './readCluster.ts';
import type { Disturbance } from './Scenario.ts';
import type { GivenDisturbance } from './schema/disturbances.ts';
import { sections } from './schema/scenario.ts';

const PATH = ['spec', 'disturbances'] as const;

/** Reads `spec.disturbances`. Nodes and workloads must be there; a pod may be one that does not exist yet. */
export function readDisturbances(reading: Reading, cluster: ReadCluster | undefined): readonly Disturbance[] {
  const given = reading.optionalSection<GivenDisturbance[]>(PATH, sections.disturbances, []) ?? [];
  return given.flatMap((entry, index) => disturbanceOf(reading, entry, cluster, [...PATH, index]));
}

function disturbanceOf(reading: Reading, given: GivenDisturbance, cluster: ReadCluster | undefined, path: Path): Disturbance[] {
  const at = after(START, given.at);
  if (given.deletePod !== undefined) return [{ at, kind: 'deletePod', pod: given.deletePod }];
  for (const kind of OF_NODES) {
    const node = given[kind];
    if (node === undefined) continue;
    checkNode(reading, node, cluster, [...path, kind]);
    return happeningTo(node, kind, given);
  }
  if (given.scale === undefined || given.replicas === undefined) return [];
  const workload = findWorkload(reading, given.scale, cluster, [...path, 'scale']);
  return workload === undefined ? [] : [{ at, kind: 'scale', workload, replicas: given.replicas }];
}

const OF_NODES = ['deleteNode', 'stopNode', 'cordonNode', 'uncordonNode'] as const;

function happeningTo(node: string, kind: (typeof OF_NODES)[number], { at: time, for: length }: GivenDisturbance): Disturbance[] {
  const at = after(START, time);
  if (kind === 'deleteNode') return [{ at, kind, node }];
  if (kind !== 'stopNode') return [{ at, kind: 'changeNode', node, change: { unschedulable: kind === 'cordonNode' } }];
  return [{ at, kind, node }, ...(length === undefined ? [] : [{ at: after(at, length), kind: 'startNode' as const, node }])];
}

function checkNode(reading: Reading, name: string, cluster: ReadCluster | undefined, path: Path): void {
  const names = cluster?.hasAll.nodes ? cluster.objects.nodes.map((node) => node.name) : undefined;
  if (names && !names.includes(name))
    reading.refuse({ code: 'SCENARIO_UNKNOWN_NODE', path, message: `no node named "${name}"`, hint: namesHint(name, names) });
}

function findWorkload(reading: Reading, name: string, cluster: ReadCluster | undefined, path: Path): string | undefined {
  if (!cluster?.hasAll.workloads) return undefined;
  const keys = cluster.objects.workloads.map(workloadKey);
  const found = keys.filter((key) => key === name || key.endsWith(`/${name}`));
  if (found.length === 1) return found[0];
  const message = found.length === 0 ? `no workload "${name}"` : `more than one workload "${name}"`;
  reading.refuse({ path, message, hint: `write Kind/namespace/name; ${namesHint(name, found.length === 0 ? keys : found)}` });
  return undefined;
}
