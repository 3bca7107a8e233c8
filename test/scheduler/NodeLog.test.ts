import { describe, expect, it } from 'vitest';
import { Node } from '../../src/cluster/Node.ts';
import type { NodeInfo } from '../../src/scheduler/NodeInfo.ts';
import { NodeLog } from '../../src/scheduler/NodeLog.ts';
import { aNode } from '../support/builders.ts';
import { nodeInfo } from '../support/nodeInfo.ts';

describe('NodeLog', () => {
  it('gives each reader what came after it last read', () => {
    const log = new NodeLog();
    const [a, b] = [info('a'), info('b')];
    log.note(a);
    const read = log.end;
    log.note(b);
    log.note(a);
    expect([log.reachesBackTo(read), log.end - read, log.at(read), log.at(read + 1)]).toEqual([true, 2, b, a]);
    expect(log.at(log.end)).toBeUndefined();
  });

  it('gives a node that changed again only once, the last time', () => {
    const log = new NodeLog();
    const [a, b] = [info('a'), info('b')];
    b.slot = 1;
    for (const node of [a, b, a]) log.note(node);
    expect([0, 1, 2, 3].map((change) => log.lastAt(change)?.name)).toEqual([undefined, 'b', 'a', undefined]);
  });

  it('tells a reader that has fallen behind to start over, and serves the others', () => {
    const log = new NodeLog();
    const a = info('a');
    log.note(a);
    const early = log.end;
    for (let i = 0; i < 20_000; i += 1) log.note(a);
    expect(log.reachesBackTo(early)).toBe(false);
    const late = log.end;
    log.note(a);
    expect([log.reachesBackTo(late), log.at(late)]).toEqual([true, a]);
    expect(log.end).toBe(20_002);
  });
});

function info(name: string): NodeInfo {
  return nodeInfo(new Node(aNode(name)));
}
