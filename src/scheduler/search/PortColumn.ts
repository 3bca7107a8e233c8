import type { ContainerPort } from '../../cluster/PodSpec.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import type { Snapshot } from '../Snapshot.ts';
import { putBit, wordsFor } from './bits.ts';
import { NodeColumn } from './NodeColumn.ts';

/** For all pods that want the same host ports: the nodes where some are taken. */
export class PortColumn extends NodeColumn {
  readonly taken: Int32Array;
  private readonly ports: readonly ContainerPort[];

  constructor({ nodes, ported }: Snapshot, ports: readonly ContainerPort[]) {
    super(nodes, ported);
    this.taken = new Int32Array(wordsFor(nodes.length));
    this.ports = ports;
  }

  protected update({ position, hostPorts }: NodeInfo): void {
    putBit(
      this.taken,
      position,
      this.ports.some((port) => hostPorts.conflictsWith(port)),
    );
  }
}
