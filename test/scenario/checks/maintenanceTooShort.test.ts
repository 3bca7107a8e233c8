import { describe, expect, it } from 'vitest';
import type { MaintenancePlan } from '../../../src/rolls/MaintenancePlan.ts';
import { run } from '../../../src/run/run.ts';
import { subjectOf } from '../../../src/scenario/checks/Check.ts';
import { maintenanceTooShort } from '../../../src/scenario/checks/maintenanceTooShort.ts';
import { minutes } from '../../../src/units.ts';
import { aNode } from '../../support/builders.ts';
import { onThursday, thursday } from '../../support/maintenance.ts';
import { aScenario } from '../../support/scenarios.ts';

/** Eight-minute resets of `nodes` nodes, `maxUnavailable` at once, in a window of `open` minutes that opens an hour after the start. */
function aRoll({ open = 180, nodes = 4, maxUnavailable = 1, hours = 24, onClose = thursday.onClose }) {
  const windows: MaintenancePlan['windows'] = [{ days: ['Thu'], start: '03:00', length: { duration: minutes(open) } }];
  const roll = { maxUnavailable, maintenance: { ...thursday, windows, onClose } };
  const names = Array.from({ length: nodes }, (_, index) => `n${index}`);
  return aScenario({ cluster: { nodes: names.map((name) => aNode(name)) }, start: onThursday(2), horizon: minutes(hours * 60), roll });
}

const found = (options: Parameters<typeof aRoll>[0]) =>
  maintenanceTooShort(subjectOf(aRoll(options))).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

describe('maintenanceTooShort', () => {
  it('finds nothing where all nodes fit', () => {
    expect(found({})).toEqual([]);
  });

  it('finds windows that open too late', () => {
    expect(found({ hours: 1 })).toEqual([
      'error MAINTENANCE_NEVER_OPENS: no maintenance window opens before the horizon, so no node is ever reset',
    ]);
  });

  it('finds a window in which no reset ends', () => {
    expect(found({ open: 5, nodes: 1 })).toEqual([
      'warning MAINTENANCE_OUTLASTED: a maintenance window is open for 5m, and every node takes at least 8m: it is away after the close',
    ]);
  });

  it('counts the nodes that can start, those that end later too', () => {
    expect(found({ open: 17, nodes: 3 })).toEqual([]);
    expect(found({ open: 17, nodes: 4 })).toEqual([
      'error MAINTENANCE_NOT_ENOUGH: at most 3 of 4 nodes can start in the only maintenance window before the horizon, for each takes at least 8m',
    ]);
    expect(found({ open: 16, nodes: 8, maxUnavailable: 3, hours: 24 * 8 })).toEqual([]);
    expect(found({ open: 17, nodes: 4, onClose: 'runOn' })).toEqual([]);
  });

  it.each([3, 4])('agrees with a run of %i nodes', (nodes) => {
    const options = { open: 17, nodes };
    expect(run(aRoll(options), '1').roll.outcome).toBe(found(options).length > 0 ? 'windowClosed' : 'completed');
  });
});
