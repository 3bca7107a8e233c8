import { describe, expect, it } from 'vitest';
import { Node } from '../../src/cluster/Node.ts';
import { ImageStates } from '../../src/scheduler/ImageStates.ts';
import type { NodeInfo } from '../../src/scheduler/NodeInfo.ts';
import { aNode } from '../support/builders.ts';
import { nodeInfo } from '../support/nodeInfo.ts';

describe('ImageStates', () => {
  it('keeps one state for an image, and its size from the first node that holds it to the last', () => {
    const states = new ImageStates();
    const state = states.of('app:1');
    const [a, b] = [holderOf('a', 10), holderOf('b', 20)];
    states.add(a);
    states.add(b);
    expect([state.nodes.size, state.sizeBytes, state.nodes.version]).toEqual([2, 10, 2]);
    for (const node of [a, b]) states.remove(node);
    expect(state.nodes.size).toBe(0);
    states.add(b);
    expect([states.of('app:1') === state, state.nodes.has(b), state.sizeBytes]).toEqual([true, true, 20]);
  });
});

function holderOf(name: string, sizeBytes: number): NodeInfo {
  const info = nodeInfo(new Node(aNode(name, { images: [{ names: ['app:1'], sizeBytes }] })));
  info.slot = name.charCodeAt(0);
  return info;
}
