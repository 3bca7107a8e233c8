import type { NodeDescription } from '../../cluster/Node.ts';
import type { Fault } from '../../errors.ts';
import type { LocatedObject } from '../LocatedObject.ts';
import { dottedPath, namesHint, type Path, type Reading } from '../Reading.ts';
import type { ReadCluster } from '../readCluster.ts';
import type { GivenRoll } from '../schema/roll.ts';
import type { LocatedRequest } from './readRequest.ts';
import { DEFAULT_POOL } from './readUpgradeNodePool.ts';
import type { UpgradeRequest } from './UpgradeRequest.ts';

/** More nodes than this cannot be checked for their disks in one request. */
const MAX_VALIDATED_NODES = 200;

/** The nodes that a request names, in its order, or all of its pool, without the skipped ones. Every id must match a node of the pool. */
export function requestedNodes(
  reading: Reading,
  located: LocatedRequest,
  given: GivenRoll,
  cluster: ReadCluster,
): readonly NodeDescription[] {
  const { request, document } = located;
  const refuse = (path: Path, message: string, hint: string) => reading.faults.push(requestFault(document, path, message, hint));
  const pooled = poolOfRequest(request, given, cluster);
  if (typeof pooled === 'string') {
    refuse(['spec', 'nodePoolID'], pooled, 'the id of a pool is nodePools[].id, its name, or the provider’s label on its nodes');
    return [];
  }
  const find = (key: 'nodeIDs' | 'skippedNodes', ids: readonly string[]): NodeDescription[] =>
    ids.flatMap((id, index) => {
      const node = pooled.find((candidate) => isMeant(candidate, id, given.nodeIDs ?? {}));
      if (!node)
        refuse(
          ['spec', key, index],
          `no node of the pool has the id "${id}"`,
          `${ID_HINT}; ${namesHint(
            id,
            pooled.map(({ name }) => name),
          )}`,
        );
      return node ? [node] : [];
    });
  const skipped = new Set(find('skippedNodes', request.skippedNodes));
  const chosen = (request.nodeIDs ? find('nodeIDs', request.nodeIDs) : pooled).filter((node) => !skipped.has(node));
  if (request.validateStorage && chosen.length > MAX_VALIDATED_NODES)
    refuse(
      ['spec', 'validateStorage'],
      `at most ${MAX_VALIDATED_NODES} nodes can be validated, there are ${chosen.length}`,
      'name fewer nodes',
    );
  return chosen;
}

const ID_HINT = 'an id is a node’s name, its uid, the last part of its providerID, or a key of roll.nodeIDs';

function requestFault(document: LocatedObject, path: Path, message: string, hint: string): Fault {
  return { code: 'REQUEST_INVALID', path: dottedPath(path), position: document.locate(path), message, hint };
}

/** The nodes of the request's pool, or what is wrong with the pool. */
function poolOfRequest({ nodePoolID }: UpgradeRequest, given: GivenRoll, cluster: ReadCluster): readonly NodeDescription[] | string {
  const found = cluster.objects.nodes.filter((node) => poolIds(node, cluster).includes(nodePoolID));
  if (found.length === 0) return 'no node is in this pool';
  const isOther = given.pool !== undefined && !found.some((node) => node.pool === given.pool);
  return isOther ? `not the pool "${given.pool}" of the scenario` : found;
}

function poolIds({ pool, labels }: NodeDescription, { nodePools }: ReadCluster): readonly string[] {
  if (pool === undefined) return [DEFAULT_POOL];
  const ofScenario = nodePools.find(({ name }) => name === pool)?.id;
  return [pool, ofScenario ?? pool, ...Object.entries(labels).flatMap(([key, value]) => (key.endsWith('nodepool-id') ? [value] : []))];
}

function isMeant({ name, uid, providerID }: NodeDescription, id: string, names: Readonly<Record<string, string>>): boolean {
  return name === id || uid === id || providerID?.split('/').at(-1) === id || names[id] === name;
}
