import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import { Floors } from '../../../src/run/probes/Floors.ts';
import { WorkloadTrack } from '../../../src/run/probes/WorkloadTrack.ts';
import { Simulation } from '../../../src/sim/Simulation.ts';
import { aBudget, aPod, selecting } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';

const names = ['few', 'many'];

const highest = ({ floors }: WorkloadTrack) => Math.max(0, ...floors.map(({ wanted }) => wanted.current));

/** A workload of one pod, with two budgets over it. */
function watched() {
  const budgets = names.map((name) => aBudget(name, { selector: selecting({ app: 'web' }), maxUnavailable: 1 }));
  const cluster = clusterOf({ ...NO_OBJECTS, pods: [aPod('web')], budgets });
  const floors = new Floors(new Simulation('1'), cluster);
  cluster.subscribe(floors);
  const track = new WorkloadTrack({ kind: 'Deployment', namespace: 'default', name: 'web' }, {});
  const want = (name: string, desiredHealthy: number) => {
    const budget = cluster.budgets.get(`default/${name}`);
    if (budget) cluster.setBudgetStatus(budget, { ...budget.status, desiredHealthy });
  };
  const podClass = cluster.pods.get('default/web')?.podClass;
  const classes = podClass ? [{ number: 0, track, podClass }] : [];
  return { cluster, floors, track, want, classes };
}

describe('Floors', () => {
  it('follows the budget that wants most, from the moment when a class of pods is there', () => {
    const { floors, track, want, classes } = watched();
    want('few', 2);
    expect(highest(track)).toBe(0);
    track.classes.push(...classes);
    floors.watch(track);
    expect(highest(track)).toBe(2);
    want('many', 5);
    expect(highest(track)).toBe(5);
    want('many', 1);
    expect(highest(track)).toBe(2);
  });

  it('leaves the floor as it was when the last pod is gone', () => {
    const { floors, track, want, classes } = watched();
    track.classes.push(...classes);
    want('few', 2);
    floors.watch(track);
    track.classes.pop();
    floors.watch(track);
    want('few', 4);
    expect(highest(track)).toBe(2);
  });

  it('follows budgets that come and go during the run', () => {
    const { cluster, floors, track, want, classes } = watched();
    track.classes.push(...classes);
    floors.watch(track);
    const added = cluster.addBudget(aBudget('late', { selector: selecting({ app: 'web' }), maxUnavailable: 1 }));
    want('late', 3);
    expect(highest(track)).toBe(3);
    cluster.removeBudget(added);
    expect(highest(track)).toBe(0);
  });
});
