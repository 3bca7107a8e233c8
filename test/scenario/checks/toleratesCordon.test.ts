import { describe, expect, it } from 'vitest';
import { drainKinds } from '../../../src/rolls/registry.ts';
import { subjectOf } from '../../../src/scenario/checks/Check.ts';
import { toleratesCordon } from '../../../src/scenario/checks/toleratesCordon.ts';
import { aDaemonSet, aDeployment, aNode } from '../../support/builders.ts';
import { aScenario } from '../../support/scenarios.ts';

/** The findings on a Deployment and a DaemonSet that tolerate everything, and a Deployment that does not, in a drain of `kind`. */
function found(kind: string): string[] {
  const tolerations = [{ key: '', operator: 'Exists' as const, value: '' }];
  const cluster = {
    nodes: [aNode('a'), aNode('b')],
    workloads: [aDeployment('web', 2), aDeployment('proxy', 2, { tolerations }), aDaemonSet('agent', { tolerations })],
  };
  const drain = drainKinds.get(kind)?.plan;
  if (!drain) throw new Error(`no drain kind ${kind}`);
  return toleratesCordon(subjectOf(aScenario({ cluster, roll: { drain } }))).map(({ object, message }) => `${object}: ${message}`);
}

describe('toleratesCordon', () => {
  it('finds pods that may come back to the node that is drained until it is empty', () => {
    expect(found('cce')).toEqual([
      'Deployment/default/proxy: its pods tolerate the taint of a cordoned node: those that come back to it are evicted again and again until they are killed after 15m',
    ]);
  });

  it.each([
    ['eks', 'until the roll fails after 15m'],
    ['cluster-api', ', without end'],
  ])('says when a drain of kind %s gives up', (kind, end) => {
    expect(found(kind)[0]).toMatch(new RegExp(`again and again ?${end}$`));
  });

  it.each(['kubectl', 'karpenter'])('says nothing of a drain of kind %s, which does not wait for them', (kind) => {
    expect(found(kind)).toEqual([]);
  });
});
