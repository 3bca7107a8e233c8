import { describe, expect, it } from 'vitest';
import { autoscalerObjection, type JudgedPod } from '../../src/rolls/autoscalerObjection.ts';
import { clusterAutoscaler } from '../../src/rolls/drains/clusterAutoscaler.ts';
import { aPodSpec } from '../support/builders.ts';

const { pods: rules } = clusterAutoscaler.plan;
const SAFE = 'cluster-autoscaler.kubernetes.io/safe-to-evict';

function volume(source: string, medium?: string) {
  return { name: 'data', source, claimName: undefined, readOnly: false, medium, fields: {} };
}

function objection(change: Partial<JudgedPod>, has: 'budget' | 'no budget' = 'no budget', given = rules) {
  const pod = { namespace: 'default', annotations: {}, spec: aPodSpec(), ownerKind: 'ReplicaSet', ...change };
  return autoscalerObjection(pod, given, () => has === 'budget');
}

describe(autoscalerObjection, () => {
  const local = aPodSpec({ volumes: [volume('emptyDir')] });

  it.each<[string, Partial<JudgedPod>, string | undefined]>([
    ['a replica', {}, undefined],
    ['a bare pod', { ownerKind: undefined }, 'pod that is not replicated'],
    ['a pod of an operator', { ownerKind: 'Cluster' }, 'pod that is not replicated'],
    ['a pod of kube-system', { namespace: 'kube-system' }, 'non-daemonset, non-mirrored, non-pdb-assigned kube-system pod present'],
    ['a pod that is not safe to evict', { annotations: { [SAFE]: 'false' } }, 'pod annotated as not safe to evict present'],
    ['an emptyDir', { spec: local }, 'pod with local storage present'],
    ['an emptyDir in memory', { spec: aPodSpec({ volumes: [volume('emptyDir', 'Memory')] }) }, undefined],
    ['a hostPath', { spec: aPodSpec({ volumes: [volume('hostPath')] }) }, 'pod with local storage present'],
    ['a volume that is safe', { spec: local, annotations: { [`${SAFE}-local-volumes`]: 'tmp,data' } }, undefined],
    ['a pod that is safe to evict', { spec: local, ownerKind: undefined, annotations: { [SAFE]: 'true' } }, undefined],
  ])('judges %s', (_, pod, expected) => {
    expect(objection(pod)).toBe(expected);
  });

  it('moves pods of kube-system that a budget selects', () => {
    expect(objection({ namespace: 'kube-system' }, 'budget')).toBeUndefined();
  });

  it('moves bare pods and local storage when told to', () => {
    expect(
      objection({ spec: local, ownerKind: undefined }, 'no budget', { ...rules, unmanaged: 'evict', emptyDir: 'evict' }),
    ).toBeUndefined();
  });
});
