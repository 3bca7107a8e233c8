import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { NodeDescription } from '../../src/cluster/Node.ts';
import type { Pod, PodDescription } from '../../src/cluster/Pod.ts';
import type { PodAffinityTerm } from '../../src/cluster/PodSpec.ts';
import type { Taint } from '../../src/cluster/Taint.ts';
import { SchedulerState } from '../../src/scheduler/SchedulerState.ts';
import { scheduleOne } from '../../src/scheduler/scheduleOne.ts';
import { aNode, aPod, aPodSpec } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';
import { aPodAffinityTerm, aSpreadConstraint } from '../support/placement.ts';

const zone = fc.constantFrom('a', 'b', 'c');
const app = fc.constantFrom<string>('web', 'db');
const taint = fc.constantFrom<Taint>(
  { key: 'dedicated', value: 'db', effect: 'NoSchedule' },
  { key: 'spot', value: 'true', effect: 'PreferNoSchedule' },
);

const nodes = fc
  .array(fc.record({ cpu: fc.integer({ min: 1, max: 8 }), zone, taints: fc.uniqueArray(taint), unschedulable: fc.boolean() }), {
    minLength: 2,
    maxLength: 8,
  })
  .map((list) => list.map(nodeOf));

const specs = fc
  .record({
    cpu: fc.integer({ min: 1, max: 30 }),
    spread: fc.boolean(),
    near: fc.option(app),
    apart: fc.option(app),
    toAvoid: fc.option(app),
  })
  .map(({ cpu, spread, near, apart, toAvoid }) =>
    aPodSpec({
      cpu: cpu / 10,
      topologySpreadConstraints: spread ? [aSpreadConstraint({ app: 'web' }, { topologyKey: 'topology.kubernetes.io/zone' })] : [],
      affinity: {
        node: { required: undefined, preferred: [] },
        pod: { required: near ? [termFor(near)] : [], preferred: [] },
        podAnti: { required: apart ? [termFor(apart)] : [], preferred: toAvoid ? [{ weight: 7, term: termFor(toAvoid) }] : [] },
      },
    }),
  );

const clusters = fc.record({
  nodes,
  pods: fc.array(fc.record({ app, spec: specs, at: fc.nat(7) }), { maxLength: 12 }),
  pending: fc.record({ app, spec: specs }),
});
type Generated = typeof clusters extends fc.Arbitrary<infer T> ? T : never;

describe('scheduleOne', () => {
  it('finds the same nodes feasible in whatever order they come', () => {
    fc.assert(
      fc.property(clusters, (generated) => {
        const reversed = { ...generated, nodes: [...generated.nodes].reverse() };
        expect(feasibleOf(reversed)).toEqual(feasibleOf(generated));
      }),
    );
  });

  it('fits a pod without constraints on an empty node that is larger than all its requests', () => {
    fc.assert(
      fc.property(clusters, fc.integer({ min: 1, max: 40 }), ({ nodes: others, pods }, cpu) => {
        const empty = aNode('empty', { cpu: cpu + 1, memory: 64 });
        const pending = { app: 'other', spec: aPodSpec({ cpu }) };
        // Anti-affinity of existing pods is a constraint too: no term names this app.
        expect(feasibleOf({ nodes: [...others, empty], pods, pending })).toContain('empty');
      }),
    );
  });

  it('never finds a node feasible because of a taint more', () => {
    fc.assert(
      fc.property(clusters, fc.nat(7), (generated, index) => {
        const tainted = generated.nodes.map((node, i) => (i === index ? { ...node, taints: [...node.taints, KEEP_OUT] } : node));
        const before = new Set(feasibleOf(generated));
        for (const name of feasibleOf({ ...generated, nodes: tainted })) expect(before).toContain(name);
      }),
    );
  });

  it('gives every plugin normalized scores from 0 to 100', () => {
    fc.assert(
      fc.property(clusters, (generated) => {
        const decision = decide(generated);
        const plugins = decision.kind === 'bound' ? (decision.scores?.plugins ?? []) : [];
        for (const score of plugins.flatMap(({ normalized }) => normalized)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
          expect(Number.isInteger(score)).toBe(true);
        }
      }),
    );
  });

  it('chooses a node with the highest total', () => {
    fc.assert(
      fc.property(clusters, (generated) => {
        const decision = decide(generated);
        if (decision.kind !== 'bound' || !decision.scores) return;
        const { totals } = decision.scores;
        expect(totals[decision.feasible.indexOf(decision.node)]).toBe(Math.max(...totals));
      }),
    );
  });

  it('counts at least one reason for every node in the message of a pod that fits nowhere', () => {
    fc.assert(
      fc.property(clusters, (generated) => {
        const decision = decide(generated);
        if (decision.kind !== 'unschedulable') return;
        const [, histogram = ''] = /^0\/\d+ nodes are available: (.*?)\.( |$)/.exec(decision.message) ?? [];
        const counts = histogram.split(', ').map((entry) => Number.parseInt(entry, 10));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(generated.nodes.length);
      }),
    );
  });

  it('leaves its snapshot as it was after trying preemption', () => {
    fc.assert(
      fc.property(clusters, (generated) => {
        const { state, pod } = schedulerFor(generated, 1000);
        const first = scheduleOne(state, pod);
        const second = scheduleOne(state, pod);
        expect(outcome(second)).toEqual(outcome(first));
      }),
    );
  });
});

const KEEP_OUT: Taint = { key: 'keep', value: 'out', effect: 'NoSchedule' };

function nodeOf(given: { cpu: number; zone: string; taints: readonly Taint[]; unschedulable: boolean }, index: number): NodeDescription {
  const { cpu, taints, unschedulable } = given;
  return aNode(`n${index}`, { cpu, taints, unschedulable, labels: { 'topology.kubernetes.io/zone': given.zone } });
}

function termFor(app: string): PodAffinityTerm {
  return aPodAffinityTerm({ app }, 'topology.kubernetes.io/zone');
}

function schedulerFor({ nodes: given, pods, pending }: Generated, priority = 0) {
  const placed = pods.map(({ app: label, spec, at }, i): PodDescription => {
    const nodeName = `n${at % Math.min(given.length, 8)}`;
    return aPod(`p${i}`, { labels: { app: label }, spec, nodeName });
  });
  const known = new Set(given.map(({ name }) => name));
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: given, pods: placed.filter(({ nodeName }) => known.has(nodeName ?? '')) });
  const pod: Pod = cluster.addPod(aPod('pending', { labels: { app: pending.app }, spec: { ...pending.spec, priority } }));
  return { state: new SchedulerState(cluster, { version: '1.34' }), pod };
}

function decide(generated: Generated) {
  const { state, pod } = schedulerFor(generated);
  return scheduleOne(state, pod);
}

function feasibleOf(generated: Generated): readonly string[] {
  const decision = decide(generated);
  return decision.kind === 'bound' ? [...decision.feasible].sort() : [];
}

function outcome(decision: ReturnType<typeof scheduleOne>): unknown {
  if (decision.kind === 'bound') return { feasible: decision.feasible, scores: decision.scores };
  return decision.kind === 'unschedulable'
    ? { message: decision.message, victims: decision.victims.map(({ key }) => key).length }
    : decision;
}
