import type { NodeInfo } from '../NodeInfo.ts';
import type { NodeLog } from '../NodeLog.ts';

/** Something kept per node, by the node's position, and brought up to date from a log of changed nodes just before it is read. */
export abstract class NodeColumn {
  private readonly nodes: readonly NodeInfo[];
  private readonly log: NodeLog;
  private read = -1;

  constructor(nodes: readonly NodeInfo[], log: NodeLog) {
    this.nodes = nodes;
    this.log = log;
  }

  /** Takes in every change since the last call. */
  refresh(): void {
    const { log, read } = this;
    if (read === log.end) return;
    this.read = log.end;
    if (read < 0 || !log.reachesBackTo(read)) this.updateAll(this.nodes);
    else for (let change = read; change < log.end; change += 1) this.take(log.lastAt(change));
  }

  /** Takes in every node as it is. The method is looked up once: columns have many forms, so that takes long. */
  protected updateAll(nodes: readonly NodeInfo[]): void {
    nodes.forEach(this.update, this);
  }

  private take(node: NodeInfo | undefined): void {
    if (node) this.update(node);
  }

  protected abstract update(node: NodeInfo): void;
}
