import { describe, expect, it } from 'vitest';
import { explain } from '../../src/experiments/explain.ts';
import { forecastOf } from '../../src/experiments/forecastOf.ts';
import { runFiguresOf } from '../../src/experiments/RunFigures.ts';
import { runSerially } from '../../src/experiments/RunJob.ts';
import { searchWindow } from '../../src/experiments/searchWindow.ts';
import { verdictOf } from '../../src/experiments/verdict.ts';
import { explainText } from '../../src/reports/explainText.ts';
import { maintenanceSections } from '../../src/reports/maintenanceRows.ts';
import { run } from '../../src/run/run.ts';
import { minutes } from '../../src/units.ts';
import { aNode } from '../support/builders.ts';
import { onThursday, thursday } from '../support/maintenance.ts';
import { aScenario } from '../support/scenarios.ts';

/** Four nodes of 8 minutes each in a window of 17 minutes from 03:00, with a start at 02:00. */
function scenarioOf(horizonHours: number) {
  const windows = [{ days: ['Thu'] as const, start: '03:00', length: { duration: minutes(17) } }];
  const cluster = { nodes: ['a', 'b', 'c', 'd'].map((name) => aNode(name)) };
  const roll = { maxUnavailable: 1, maintenance: { ...thursday, windows } };
  return aScenario({ cluster, roll, start: onThursday(2), horizon: minutes(horizonHours * 60) });
}

const same = (text: string) => text;
const STYLE = { width: 100, paint: { bold: same, dim: same, red: same, green: same, yellow: same } };
const [cut, whole] = [scenarioOf(24), scenarioOf(24 * 8)];

describe('a forecast with maintenance windows', () => {
  it('lists each window with the nodes that started, and the one that is waited for', () => {
    const { maintenance } = forecastOf(cut, run(cut, '1'), []).roll;
    expect(maintenance).toEqual({
      onClose: 'finishInFlightThenPause',
      suspendedSeconds: 0,
      windows: [
        {
          opens: '2026-11-26T03:00:00+00:00[UTC]',
          closes: '2026-11-26T03:17:00+00:00[UTC]',
          opensSeconds: 3600,
          closesSeconds: 4620,
          started: 3,
        },
      ],
      next: {
        opens: '2026-12-03T03:00:00+00:00[UTC]',
        closes: '2026-12-03T03:17:00+00:00[UTC]',
        opensSeconds: 3600 + 7 * 86400,
        closesSeconds: 4620 + 7 * 86400,
      },
    });
  });

  it('tells in words how long the roll was suspended, or what it waits for', () => {
    const leadOf = (scenario: typeof cut) => maintenanceSections(forecastOf(scenario, run(scenario, '1'), []).roll, 10)[0]?.lead;
    const meaning = 'When a window closes, nodes that have started are finished, and the roll pauses until the next one opens.';
    expect(leadOf(whole)).toBe(`Nodes started in 2 windows; the roll was suspended for 167h 36m. ${meaning}`);
    expect(leadOf(cut)).toBe(`Nodes started in 1 window; 1 node still waits for 2026-12-03 03:00 +00:00 UTC. ${meaning}`);
  });

  it('says so in its verdict', () => {
    const sentence = (scenario: typeof cut) => verdictOf(scenario, [runFiguresOf(run(scenario, '1'))], []).sentence;
    expect(sentence(whole)).toContain('(about 168h 8m, suspended for 167h 36m of it)');
    expect(sentence(cut)).toContain('(the roll is suspended after 24m, for its maintenance window has closed)');
    expect(sentence(scenarioOf(1))).toContain('(the roll does not begin)');
  });

  it('says of a node in which window its turn came', () => {
    const textOf = (node: string) =>
      explainText(explain({ scenario: cut, seed: '1', subject: `node/${node}`, attempt: undefined, version: '0' }), STYLE);
    expect(textOf('b')).toMatch(/its maintenance window opened +1h\n/);
    expect(textOf('d')).toContain('ended as notStarted: no maintenance window opens again before the horizon');
    expect(textOf('d')).toMatch(/its maintenance window opened +never\n/);
  });

  it('knows of each start how long it waits for a window, and prefers the shorter wait', async () => {
    const starts = [1, 2, 3, 4].map(onThursday);
    const { starts: tried, best } = await searchWindow(whole, starts, { runBatch: runSerially, version: '0' });
    expect(tried.map(({ waitSeconds }) => waitSeconds)).toEqual([7200, 3600, 0, 7 * 86400 - 3600]);
    expect(best).toEqual([onThursday(3).text, onThursday(2).text, onThursday(1).text]);
  });
});
