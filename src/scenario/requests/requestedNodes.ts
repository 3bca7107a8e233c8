import type { NodeDescription } from '../../cluster/Node.ts';
import { formatCount } from '../../units.ts';
import type { LocatedObject } from '../LocatedObject.ts';
import { dottedPath, namesHint, type Path, type Reading } from '../Reading.ts';
import type { ReadCluster } from '../readCluster.ts';
import type { GivenRoll } from '../schema/roll.ts';
import { DEFAULT_POOL } from './readUpgradeNodePool.ts';
import type { RequestedNodes } from './UpgradeRequest.ts';

/** More nodes than this cannot be checked for their disks in one request. */
const MAX_VALIDATED_NODES = 200;

/** What a request says of nodes, and where its parts stand. */
export interface LocatedNodes {
  readonly nodes: RequestedNodes;
  readonly document: LocatedObject;
}

/**
 * The nodes that a request names, in its order, or all of its pool, without the skipped ones. Every id must match a node of the pool, no two
 * the same one, and a node must be left.
 */
export function requestedNodes(
  reading: Reading,
  { nodes, document }: LocatedNodes,
  given: GivenRoll,
  cluster: ReadCluster,
): readonly NodeDescription[] {
  const refuse: Refuse = (path, message, hint) =>
    reading.faults.push({ code: 'REQUEST_INVALID', path: dottedPath(path), position: document.locate(path), message, hint });
  const pooled = poolOfRequest(nodes, given, cluster);
  if ('message' in pooled) {
    refuse(['spec', 'nodePoolID'], pooled.message, pooled.hint);
    return [];
  }
  const pool = { pooled, names: new Map(Object.entries(given.nodeIDs ?? {})), refuse, reading };
  const skipped = new Set(findNodes(pool, 'skippedNodes', nodes.skippedNodes));
  const named = nodes.nodeIDs ? findNodes(pool, 'nodeIDs', nodes.nodeIDs) : pooled;
  if (nodes.nodeIDs) refuseRepeated(named, nodes.nodeIDs, refuse);
  const chosen = named.flatMap((node) => (node === undefined || skipped.has(node) ? [] : [node]));
  checkCount(chosen.length, named, nodes, refuse);
  return chosen;
}

type Refuse = (path: Path, message: string, hint: string) => void;

/** Where ids are looked up. */
interface Pool {
  readonly pooled: readonly NodeDescription[];
  /** Names of nodes by id, as the scenario gives them. */
  readonly names: ReadonlyMap<string, string>;
  readonly refuse: Refuse;
  readonly reading: Reading;
}

/** The node of each id; undefined, with a fault noted, where no node of the pool has it: one fault for all if that is so for every id. */
function findNodes(pool: Pool, key: 'nodeIDs' | 'skippedNodes', ids: readonly string[]): readonly (NodeDescription | undefined)[] {
  const found = ids.map((id) => pool.pooled.find((node) => isMeant(node, id, pool.names)));
  const isForeign = ids.length > 1 && found.every((node, index) => !node && !pool.names.has(ids[index] ?? ''));
  if (isForeign) pool.refuse(['spec', key], `no node of the pool has any of these ${ids.length} ids`, hintFor(pool, ids[0] ?? ''));
  else {
    for (const [index, id] of ids.entries()) if (!found[index]) refuseUnknown(pool, [key, index], id);
  }
  return found;
}

function refuseUnknown(pool: Pool, place: Path, id: string): void {
  const mapped = pool.names.get(id);
  if (mapped === undefined) pool.refuse(['spec', ...place], `no node of the pool has the id "${id}"`, hintFor(pool, id));
  else {
    const message = `no node of the request’s pool is named "${mapped}"`;
    const path = ['spec', 'roll', 'nodeIDs', id];
    pool.reading.refuse({ code: 'SCENARIO_UNKNOWN_NODE', path, message, hint: namesHint(mapped, namesOf(pool)) });
  }
}

function hintFor(pool: Pool, id: string): string {
  const meanings = 'an id is a node’s name, its uid, the last part of its providerID, or a key of roll.nodeIDs, such as';
  return `${meanings} {${id}: ${namesOf(pool)[0]}}; ${namesHint(id, namesOf(pool))}`;
}

function namesOf({ pooled }: Pool): string[] {
  return pooled.map(({ name }) => name);
}

/** Refuses two ids that mean the same node; an id that is repeated literally is refused where the body is checked. */
function refuseRepeated(named: readonly (NodeDescription | undefined)[], ids: readonly string[], refuse: Refuse): void {
  const seen = new Map<NodeDescription, string>();
  for (const [index, node] of named.entries()) {
    const id = ids[index] ?? '';
    const first = node && seen.get(node);
    if (first !== undefined && first !== id) refuse(['spec', 'nodeIDs', index], `the same node as "${first}"`, 'leave one of them out');
    if (node && first === undefined) seen.set(node, id);
  }
}

function checkCount(
  count: number,
  named: readonly (NodeDescription | undefined)[],
  { validateStorage }: RequestedNodes,
  refuse: Refuse,
): void {
  if (count === 0 && named.length > 0 && !named.includes(undefined))
    refuse(['spec', 'skippedNodes'], 'all nodes are skipped', 'leave a node to be reset');
  if (validateStorage && count > MAX_VALIDATED_NODES) {
    const message = `at most ${MAX_VALIDATED_NODES} nodes can be validated, there are ${formatCount(count)}`;
    refuse(['spec', 'validateStorage'], message, 'name fewer nodes');
  }
}

/** What is wrong with the pool of a request. */
interface PoolProblem {
  readonly message: string;
  readonly hint: string;
}

function poolOfRequest({ nodePoolID }: RequestedNodes, given: GivenRoll, cluster: ReadCluster): readonly NodeDescription[] | PoolProblem {
  const { nodes } = cluster.objects;
  const found = nodes.filter((node) => poolIds(node, cluster).includes(nodePoolID));
  if (found.length === 0) return { message: 'no node is in this pool', hint: hintForPool(nodePoolID, nodes) };
  if (given.pool === undefined || found.some((node) => node.pool === given.pool)) return found;
  return {
    message: `not the pool "${given.pool}" of the scenario`,
    hint: 'roll.pool is the name of a pool; leave it out, since the request says which pool it is about',
  };
}

function hintForPool(nodePoolID: string, nodes: readonly NodeDescription[]): string {
  if (nodePoolID === DEFAULT_POOL) return 'it has the nodes without a pool; of a pool in nodePools say id: DefaultPool';
  const pools = [...new Set(nodes.flatMap(({ pool }) => pool ?? []))];
  return `the id of a pool is nodePools[].id, its name, or the provider’s label on its nodes; ${namesHint(nodePoolID, pools)}`;
}

function poolIds({ pool, labels }: NodeDescription, { nodePools }: ReadCluster): readonly string[] {
  if (pool === undefined) return [DEFAULT_POOL];
  const ofScenario = nodePools.find(({ name }) => name === pool)?.id;
  return [pool, ofScenario ?? pool, ...Object.entries(labels).flatMap(([key, value]) => (key.endsWith('nodepool-id') ? [value] : []))];
}

function isMeant({ name, uid, providerID }: NodeDescription, id: string, names: Pool['names']): boolean {
  return name === id || uid === id || providerID?.split('/').at(-1) === id || names.get(id) === name;
}
