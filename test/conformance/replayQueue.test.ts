import { describe, expect, it } from 'vitest';
import type { QueueTrace } from './queue/QueueTrace.ts';
import { replayQueue } from './replayQueue.ts';

const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, status: { allocatable: { cpu: '1', pods: '10' } } };
const FULL =
  '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.';

function podAsking(cpu: string) {
  const containers = [{ name: 'c', resources: { requests: { cpu } } }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { containers } };
}

/** Of each comparison that differs what was compared, what was recorded and what the model did. */
function differences(trace: Pick<QueueTrace, 'objects' | 'ops' | 'events' | 'pendingAtEnd'>) {
  const recording = { kubernetesVersion: '1.34.1', until: 10, ...trace };
  return replayQueue(recording, 'case').filter(({ equal }) => !equal);
}

describe('replaying a recording of the queue', () => {
  it('counts the attempts of a pod that is created again under the same name', () => {
    const found = differences({
      objects: [node],
      ops: [
        { t: 0, op: 'create', object: podAsking('2') },
        { t: 2, op: 'delete', kind: 'Pod', name: 'x' },
        { t: 4, op: 'create', object: podAsking('1') },
      ],
      events: [
        { t: 0, what: 'attempt', pod: 'x' },
        { t: 0, what: 'failed', pod: 'x', message: FULL },
        { t: 4, what: 'attempt', pod: 'x' },
        { t: 4, what: 'bound', pod: 'x', node: 'n1' },
      ],
      pendingAtEnd: [],
    });
    expect(found).toEqual([]);
  });
});
