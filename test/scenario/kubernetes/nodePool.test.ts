import { describe, expect, it } from 'vitest';
import { isPoolLabel, isPoolTaint, poolOf } from '../../../src/scenario/kubernetes/nodePool.ts';

describe('nodePool', () => {
  it.each([
    'rollcast.io/pool',
    'cce.cloud.com/cce-nodepool',
    'cce.cloud.com/cce-nodepool-id',
    'eks.amazonaws.com/nodegroup',
    'cloud.google.com/gke-nodepool',
    'agentpool',
    'karpenter.sh/nodepool',
    'alibabacloud.com/nodepool-id',
  ])('knows the pool of a node by %s, and keeps that label', (label) => {
    expect(poolOf({ [label]: 'workers', other: 'x' })).toBe('workers');
    expect(isPoolLabel(label)).toBe(true);
  });

  it('knows no pool without one of them', () => {
    expect(poolOf({ pool: 'workers' })).toBeUndefined();
  });

  it.each([
    ['topology.kubernetes.io/zone', true],
    ['node-role.kubernetes.io/worker', true],
    ['k8s.io/x', true],
    ['topology.ebs.csi.aws.k8s.io/zone', true],
    ['team', false],
    ['example.com/team', false],
    ['notkubernetes.io/x', false],
    ['kubernetes.io', false],
  ])('takes the label %s as the pool’s: %s', (label, expected) => {
    expect(isPoolLabel(label)).toBe(expected);
  });

  it.each([
    ['node-role.kubernetes.io/control-plane', true],
    ['node.kubernetes.io/unschedulable', false],
    ['node.kubernetes.io/not-ready', false],
    ['dedicated', false],
  ])('takes the taint %s as the pool’s: %s', (key, expected) => {
    expect(isPoolTaint({ key, value: '', effect: 'NoSchedule' })).toBe(expected);
  });
});
