import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { Node } from '../../cluster/Node.ts';
import type { ContainerPort, PodSpec } from '../../cluster/PodSpec.ts';
import type { PodRequests } from '../../cluster/podRequests.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { requestsKeys } from '../requestsKeys.ts';
import type { Snapshot } from '../Snapshot.ts';
import type { AffinityIndex } from './AffinityIndex.ts';
import { CountedNodes, type CountingRules } from './CountedNodes.ts';
import { ImageColumn } from './ImageColumn.ts';
import { NodeProfiles } from './NodeProfiles.ts';
import { NodeResources } from './NodeResources.ts';
import { PlacementColumn, placementKeys } from './PlacementColumn.ts';
import { PortColumn } from './PortColumn.ts';
import { ResourceColumn } from './ResourceColumn.ts';
import { TopologyColumn } from './TopologyColumn.ts';

/**
 * All columns over one list of nodes. Pods with the same subject (requests, placement rules, images) share a column. Adding or removing a
 * node makes new columns.
 */
export class Columns {
  readonly nodes: readonly NodeInfo[];
  /** By position, the nodes themselves, and their names. */
  readonly targets: readonly Node[];
  readonly names: readonly string[];
  /** The position of the node in each slot. */
  readonly positionOf: Int32Array;
  readonly affinities: AffinityIndex;
  private readonly snapshot: Snapshot;
  private readonly version: KubernetesVersion;
  private readonly nodeResources: NodeResources;
  private readonly resourceColumns = new Map<string, ResourceColumn>();
  private readonly placementColumns = new Map<string, PlacementColumn>();
  private readonly placementOf = new Map<PodSpec, PlacementColumn>();
  private readonly portColumns = new Map<string, PortColumn>();
  private readonly topologyColumns = new Map<string, TopologyColumn>();
  private readonly countedNodesOf = new Map<PlacementColumn, Map<string, CountedNodes>>();
  private readonly imageColumns = new Map<string, ImageColumn>();
  private readonly imageLists = new Map<string, readonly ImageColumn[]>();
  private readonly topologies: TopologyColumn[] = [];
  /** Whether any of them has an empty label, as of so many changes of nodes; below 0 when a topology is new. */
  private hasEmptyLabel = false;
  private topologiesRead = -1;
  private readonly profileColumns = new Map<PlacementColumn, Map<TopologyColumn | undefined, NodeProfiles>>();

  /** `affinities` outlives the columns: it does not look at nodes. */
  constructor(snapshot: Snapshot, version: KubernetesVersion, affinities: AffinityIndex) {
    this.affinities = affinities;
    this.nodes = snapshot.nodes;
    this.targets = this.nodes.map(({ node }) => node);
    this.names = this.nodes.map(({ name }) => name);
    this.positionOf = new Int32Array(snapshot.slots.end);
    for (const { slot, position } of this.nodes) this.positionOf[slot] = position;
    this.snapshot = snapshot;
    this.version = version;
    this.nodeResources = new NodeResources(snapshot, this.positionOf);
  }

  resources(requests: PodRequests): ResourceColumn {
    return remembered(
      this.resourceColumns,
      requestsKeys.of(requests),
      () => new ResourceColumn(this.nodes, this.nodeResources, requests, this.version),
    );
  }

  placement(spec: PodSpec): PlacementColumn {
    return remembered(this.placementOf, spec, () =>
      remembered(this.placementColumns, placementKeys.of(spec), () => new PlacementColumn(this.snapshot, spec, this.version)),
    );
  }

  /** undefined for pods that want no port. */
  ports(ports: readonly ContainerPort[]): PortColumn | undefined {
    if (ports.length === 0) return undefined;
    return remembered(this.portColumns, JSON.stringify(ports), () => new PortColumn(this.snapshot, ports));
  }

  topology(key: string): TopologyColumn {
    return remembered(this.topologyColumns, key, () => {
      const column = new TopologyColumn(this.snapshot, key);
      this.topologies.push(column);
      this.topologiesRead = -1;
      return column;
    });
  }

  /** The nodes that count for a spread constraint with these `rules`, provided that they have the labels of all `required` topologies. */
  countedNodes(rules: CountingRules, placement: PlacementColumn, required: readonly TopologyColumn[]): CountedNodes {
    const { topologyKey, nodeAffinityPolicy, nodeTaintsPolicy } = rules;
    const known = remembered(this.countedNodesOf, placement, () => new Map<string, CountedNodes>());
    const key = [topologyKey, nodeAffinityPolicy, nodeTaintsPolicy, ...Array.from(required, (topology) => topology.key)].join(' ');
    return remembered(known, key, () => new CountedNodes(rules, this.topology(topologyKey), placement, required));
  }

  /** Brings all topologies up to date. @returns whether a node has one of their labels with an empty value. */
  refreshTopologies(): boolean {
    const { end } = this.snapshot.revised;
    if (this.topologiesRead === end) return this.hasEmptyLabel;
    this.topologiesRead = end;
    for (const topology of this.topologies) {
      topology.refresh();
      if (topology.hasEmptyValue) this.hasEmptyLabel = true;
    }
    return this.hasEmptyLabel;
  }

  profiles(placement: PlacementColumn, topology: TopologyColumn | undefined): NodeProfiles {
    const known = remembered(this.profileColumns, placement, () => new Map<TopologyColumn | undefined, NodeProfiles>());
    return remembered(known, topology, () => new NodeProfiles(this.snapshot, placement, topology));
  }

  /** One for each name. Kinds of pods with the same images share the list. */
  images(names: readonly string[]): readonly ImageColumn[] {
    return remembered(this.imageLists, names.join(' '), () => Array.from(names, (name) => this.image(name)));
  }

  private image(name: string): ImageColumn {
    return remembered(this.imageColumns, name, () => new ImageColumn(this.snapshot, name));
  }
}

function remembered<K, T>(columns: Map<K, T>, key: K, make: () => T): T {
  const known = columns.get(key);
  if (known) return known;
  const column = make();
  columns.set(key, column);
  return column;
}
