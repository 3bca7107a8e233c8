import { describe, expect, it } from 'vitest';
import { Drain } from '../../src/rolls/Drain.ts';
import { managedDrain } from '../../src/rolls/managedDrain.ts';
import type { DrainPlan } from '../../src/rolls/RollPlan.ts';
import { Wave } from '../../src/rolls/Wave.ts';
import { minutes, seconds } from '../../src/units.ts';
import { aBudget, aNode, aPod } from '../support/builders.ts';
import { aControlPlane } from '../support/controlPlane.ts';
import { aRollContext } from '../support/rollContext.ts';

const PLAN = managedDrain({ kind: 'test', timeout: minutes(60), onTimeout: 'force' });

describe('a wave', () => {
  it('evicts its pods in their order and is over when the last one is gone', () => {
    const { wave, log, until } = aWave({});
    until(0);
    expect(log).toEqual(['0 evicts c', '0 evicts a', '0 evicts b']);
    until(2);
    expect(wave.isOver).toBe(false);
    until(3);
    expect(log.slice(3)).toEqual(['3000 is over']);
  });

  it('lets events fire first that come before the next turn', () => {
    const { sim, cluster, log, until } = aWave({});
    cluster.subscribe(({ kind }) => {
      if (kind === 'podTerminating' && log.length === 1) {
        sim.schedule({ kind: 'earlier', entity: '', fire: () => log.push('earlier') }, sim.now, 'Change');
        sim.schedule({ kind: 'process', entity: 'wave/', fire: () => log.push('just before') }, sim.now, 'Change');
        sim.schedule({ kind: 'process', entity: 'waves/', fire: () => log.push('just after') }, sim.now, 'Change');
      }
    });
    until(0);
    expect(log).toEqual(['0 evicts c', 'earlier', 'just before', '0 evicts a', '0 evicts b', 'just after']);
  });

  it('is over at once when its drain ends and pods are on their way out', () => {
    const { drain, log, at, until } = aWave({});
    at(1, () => drain.end());
    until(9);
    expect(log.slice(3)).toEqual(['1000 is over']);
  });

  it.each(['evict', 'delete'] as const)('leaves out a pod that is gone before its turn: %s', (mode) => {
    const { cluster, drain, pod, log, until } = aWave({ mode });
    cluster.removePod(pod('a'));
    until(60);
    expect(log).toEqual(['0 evicts c', '0 evicts b', '3000 is over']);
    expect([drain.ledger.evictions, drain.deletedAgainstBudget]).toEqual([2, []]);
  });

  it('goes on with a refused pod as the next answer says', () => {
    const { cluster, log, at, until } = aWave({ allowed: 2, givesUp: 'podByPod' });
    at(2, () => cluster.addBudget(aBudget('web-too', { selector: { requirements: [{ key: 'app', operator: 'In', values: ['web'] }] } })));
    until(60);
    expect(log).toEqual(['0 evicts c', '0 evicts a', '5000 is over']);
  });

  it.each([
    ['sees pods go when it looks', { poll: seconds(2) }, '4000 is over'],
    ['waits for the client to have a turn', { client: { qps: 1, burst: 1 } }, '5000 is over'],
    ['deletes pods without asking a budget', { mode: 'delete', allowed: 0 }, '3000 is over'],
    ['goes on where a budget refuses', { allowed: 1, mode: 'evict' }, '13000 is over'],
  ] as const)('%s', (_name, { allowed = 9, ...knobs }: Partial<DrainPlan> & { allowed?: number }, over) => {
    const { log, until } = aWave({ allowed, ...knobs });
    until(60);
    expect(log.at(-1)).toBe(over);
  });
});

/** Three pods that exit within 3 s are taken away in the order c, a, b; their budget allows so many disruptions, and one more at 4 s and 8 s. */
function aWave({ allowed = 9, ...knobs }: Partial<DrainPlan> & { allowed?: number }) {
  const pods = ['a', 'b', 'c'].map((name) => aPod(name, { labels: { app: 'web' }, nodeName: 'n1' }));
  const plane = aControlPlane({ nodes: [aNode('n1', { cpu: 100 })], pods, budgets: [aBudget('web', {})], exit: 3 });
  const { sim, cluster, at, until, pod } = plane;
  const context = aRollContext(plane);
  const node = cluster.nodes.get('n1');
  if (!node) throw new Error('no node n1');
  const allow = (disruptionsAllowed: number) => {
    for (const budget of cluster.budgets.values())
      cluster.setBudgetStatus(budget, { ...budget.status, observedGeneration: 9, disruptionsAllowed });
  };
  allow(allowed);
  for (const second of [4, 8]) at(second, () => allow(1));
  const log: string[] = [];
  cluster.subscribe((change) => {
    if (change.kind === 'podTerminating') log.push(`${sim.now} evicts ${change.pod.name}`);
  });
  const drain = new Drain(context, node, { ...PLAN, ...knobs });
  const wave = new Wave(drain, [pod('c'), pod('a'), pod('b')], 'wave/');
  wave.begin();
  wave.over.arm(sim, { entity: 'test', ordinal: 0, resume: () => log.push(`${sim.now} is over`) });
  return { ...plane, drain, wave, log, at, until };
}
