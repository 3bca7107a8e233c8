import { describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import { matchableWorkloads } from '../../src/scenario/matchableWorkloads.ts';
import { parseScenario } from '../../src/scenario/parseScenario.ts';
import { faultsIn, readScenario, scenarioText } from '../support/scenarioText.ts';

const container = '{name: main, image: x}';
const owned = (apiVersion: string, kind: string, name: string) =>
  `ownerReferences: [{apiVersion: ${apiVersion}, kind: ${kind}, name: ${name}, uid: ${name}, controller: true}]`;
const template = (app: string) =>
  `selector: {matchLabels: {app: ${app}}}, template: {metadata: {labels: {app: ${app}}}, spec: {containers: [${container}]}}`;
const pod = (name: string, more: string) =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: {app: ${name}}${more}}, spec: {nodeName: workers-1, containers: [${container}]}, status: {phase: Running}}`;
const objects = [
  `{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-1, ${owned('apps/v1', 'Deployment', 'web')}}, spec: {replicas: 1, ${template('web')}}}`,
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, ${owned('apps.example.com/v1', 'App', 'app')}}, spec: {replicas: 1, ${template('web')}}}`,
  `{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: canary-1, ${owned('argoproj.io/v1alpha1', 'Rollout', 'canary')}}, spec: {replicas: 1, ${template('canary')}}}`,
  `{apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly}, spec: {schedule: "0 3 * * *", jobTemplate: {spec: {template: {metadata: {labels: {app: nightly}}, spec: {restartPolicy: Never, containers: [${container}]}}}}}}`,
  pod('kafka-0', `, ${owned('core.strimzi.io/v1beta2', 'StrimziPodSet', 'kafka')}`),
  pod('etcd', `, ${owned('v1', 'Node', 'workers-1')}`),
  pod('debug', ''),
];
const cluster = `{nodePools: [{name: workers, nodes: 2, allocatable: {cpu: 4, memory: 16Gi}}], objects: [${objects.join(', ')}]}`;

describe('matchableWorkloads', () => {
  it('are those of which a run has a row', () => {
    const scenario = parseScenario({ text: scenarioText({ cluster, start: '2026-01-05T02:59:00[UTC]' }), file: 'case.yaml' });
    const rows = run(scenario, '1').workloads.map(({ kind, name }) => `${kind} ${name}`);
    expect(
      matchableWorkloads(scenario.cluster)
        .map(({ kind, name }) => `${kind} ${name}`)
        .sort(),
    ).toEqual(rows);
    expect(rows).toEqual(['CronJob nightly', 'Deployment web', 'Pod debug', 'Pod etcd', 'Rollout canary', 'StrimziPodSet kafka']);
  });

  it.each([
    '{kind: StrimziPodSet}',
    '{kind: CronJob}',
    '{name: kafka}',
    '{kind: Rollout, name: canary}',
    '{kind: Pod, labels: {app: etcd}}',
  ])('include %s', (match) => {
    expect(readScenario({ cluster, objectives: `[{workloads: ${match}, maxOutage: 1h}]` }).objectives).toHaveLength(1);
  });

  it.each(['{kind: ReplicaSet}', '{name: web-1}', '{kind: App}', '{kind: Pod, name: kafka-0}', '{kind: Job}'])(
    'do not include %s',
    (match) => {
      expect(faultsIn({ cluster, objectives: `[{workloads: ${match}, maxOutage: 1h}]` })).toMatchObject([
        { path: 'objectives[0].workloads', message: 'no workload matches' },
      ]);
    },
  );
});
