import { describe, expect, it } from 'vitest';
import { minutes } from '../../../src/units.ts';
import { runText } from '../../support/scenarioText.ts';
import { poolText } from '../../support/synchronized.ts';

/** Rolls two nodes, on the first of which a budget never lets a pod go. */
function held(roll: string) {
  const workloads = '[{name: shop, replicas: 1, nodeSelector: {kubernetes.io/hostname: workers-1}, budget: {maxUnavailable: 0}}]';
  return runText({ cluster: `{${poolText(2)}, workloads: ${workloads}}`, roll: `{pool: workers, maxUnavailable: 1, ${roll}}` });
}

describe('one budget that never allows an eviction', () => {
  it.each([
    ['ack-replace fails', 30, 'preset: ack-replace', 'failed'],
    ['aks-unavailable fails', 30, 'preset: aks-unavailable', 'failed'],
    ['a drain as EKS does it fails', 15, 'preset: kubectl-drain, drain: {kind: eks}, commandTime: 0s', 'failed'],
  ])('%s after %i minutes, and the pod runs on', (_, after, roll, outcome) => {
    const result = held(roll);
    expect(result.roll).toMatchObject({ outcome, nodes: [{ outcome: 'failed', endedAt: minutes(after), forcedKills: 0 }, {}] });
    expect(result.workloads[0]).toMatchObject({ outage: 0, moves: 0 });
  });

  it.each([
    ['ack-replace-2021', 15, 'preset: ack-replace-2021'],
    ['cce-sync', 15, 'preset: cce-sync'],
    ['cce-sync, told so,', 25, 'preset: cce-sync, drain: {timeout: 25m}'],
    ['a drain as GKE does it', 60, 'preset: kubectl-drain, drain: {kind: gke}, commandTime: 0s'],
    [
      'a drain as Cluster API does it, with a time-out,',
      10,
      'preset: kubectl-drain, drain: {kind: cluster-api, timeout: 10m}, commandTime: 0s',
    ],
  ])('is overridden by %s after %i minutes', (_, after, roll) => {
    const result = held(roll);
    expect(result.roll).toMatchObject({ outcome: 'completed', nodes: [{ drainedAt: minutes(after), forcedKills: 1 }, {}] });
    expect(result.findings.map(({ code }) => code)).toContain('BUDGET_VIOLATED');
  });

  it.each([
    ['hypershift-inplace', 'preset: hypershift-inplace'],
    ['kubectl-drain', 'preset: kubectl-drain'],
    ['a drain as Cluster API does it', 'preset: kubectl-drain, drain: {kind: cluster-api}'],
    ['a drain as Karpenter does it', 'preset: kubectl-drain, drain: {kind: karpenter}'],
  ])('holds %s for ever', (_, roll) => {
    const result = held(roll);
    expect(result.roll.outcome).toBe('stuck');
    expect(result.budgets[0]).toMatchObject({ stuck: true });
    expect(result.findings.find(({ code }) => code === 'BUDGET_STUCK')?.message).toContain('default/shop-');
  });

  it.each(['ack-inplace', 'cce-cluster-upgrade'])('is never asked by %s', (preset) => {
    expect(held(`preset: ${preset}`)).toMatchObject({ roll: { outcome: 'completed' }, budgets: [{ refusals: 0 }] });
  });
});
