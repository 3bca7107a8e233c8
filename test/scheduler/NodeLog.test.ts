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

  it('reaches as far back as there are nodes, and starts over when there are more', () => {
    const log = new NodeLog();
    const nodes = Array.from({ length: 3000 }, (_, slot) => Object.assign(info(`n${slot}`), { slot }));
    for (const node of nodes.slice(0, 1000)) log.note(node);
    const early = log.end;
    for (const node of nodes) log.note(node);
    expect([log.reachesBackTo(0), log.reachesBackTo(early)]).toEqual([false, false]);
    const late = log.end;
    for (const node of nodes) log.note(node);
    expect([log.reachesBackTo(late), log.end - late]).toEqual([true, 3000]);
    expect(nodes.every((node, i) => log.at(late + i) === node && log.lastAt(late + i) === node)).toBe(true);
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
