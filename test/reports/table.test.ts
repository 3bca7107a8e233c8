import { describe, expect, it } from 'vitest';
import type { WindowStart, WorkloadRow } from '../../src/experiments/Forecast.ts';
import { writeMetric } from '../../src/reports/figures.ts';
import { sweepPage, sweepText } from '../../src/reports/sweepTable.ts';
import { forecastText, type TerminalStyle } from '../../src/reports/table.ts';
import { windowPage, windowText } from '../../src/reports/windowTable.ts';
import { aForecast, aNodeRow, aSweep, aWindowSearch, aWorkloadRow } from '../support/sampleForecast.ts';

const same = (text: string) => text;
const style = (width: number): TerminalStyle => ({ width, paint: { bold: same, dim: same, red: same, green: same, yellow: same } });
const text = (parts = {}, width = 100) => forecastText(aForecast(parts), 'shop.yaml', style(width));
const widest = (page: string) => Math.max(...page.split('\n').map((line) => line.length));

describe('forecastText', () => {
  it('opens with the verdict', () => {
    expect(text().startsWith('✗ Resetting 3 nodes of pool workers')).toBe(true);
  });

  it('says what an outage came from', () => {
    expect(text({}, 200)).toMatch(/shop\/search +12m 30s +3m 20s +workers-3 was drained -> shop\/search-x1 waited/);
  });

  it.each([80, 100, 120])('stays within %i columns', (width) => {
    expect(widest(text({}, width))).toBeLessThanOrEqual(width);
    expect(widest(sweepText(aSweep(), style(width)))).toBeLessThanOrEqual(width);
    expect(widest(windowText(aWindowSearch(), style(width)))).toBeLessThanOrEqual(width);
  });

  it.each([
    ['completed', 'completed in 20m 5s; 2 batches'],
    ['stuck', 'stuck, not over after 20m 5s; 2 batches'],
    ['horizon', 'not over after 20m 5s; 2 batches'],
    ['failed', 'failed after 20m 5s; 2 batches'],
  ] as const)('says of a roll that ended as %s after what time', (outcome, words) => {
    expect(text({ roll: { ...aForecast().roll, outcome } }, 200)).toContain(`roll        ${words}`);
  });

  it('adds up for how long workloads were down, and says how many', () => {
    expect(text({}, 200)).toMatch(/downtime +3m 20s in all; 1 of 3 workloads down, at most for 3m 20s \(Deployment shop\/search\)\n/);
    expect(text({ workloads: [aWorkloadRow('web')] }, 200)).toMatch(/downtime +none of 1 workload was down\n/);
  });

  it('cuts nothing off at 80 columns', () => {
    const message = '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.';
    expect(text({}, 80).replaceAll(/\s+/g, ' ')).toContain(message);
  });

  it('cuts no wide letters off, and lets no name command the terminal', () => {
    const [first] = aForecast().verdict.objectives;
    if (first === undefined) throw new Error('the sample has objectives');
    const name = `${'停止時間がないことを保証する'.repeat(4)}\u001b[2J\u0007`;
    const page = text({ verdict: { ...aForecast().verdict, objectives: [{ ...first, name }] } }, 80);
    expect(page).not.toMatch(/…|(?!\n)\p{Cc}/u);
    expect(page.match(/[\u3041-\u9fff]/g)).toHaveLength(56);
  });

  it('shows the nodes with the most trouble when there are too many, and says how many it left out', () => {
    const nodes = Array.from({ length: 100 }, (_, index) => aNodeRow(`node-${index}`, { blockedSeconds: index === 77 ? 60 : 0 }));
    const page = text({ roll: { ...aForecast().roll, nodes } });
    expect(page).toContain('node-77');
    expect(page).toContain('80 rows left out: the other nodes weigh less; all are in nodes.csv.');
  });

  it('gives the interval of a likely objective', () => {
    const [first] = aForecast().verdict.objectives;
    if (first === undefined) throw new Error('the sample has objectives');
    const objectives = [{ ...first, certainty: 'likely' as const, probability: 0.95, interval: [0.836, 0.991] as const }];
    expect(text({ verdict: { ...aForecast().verdict, objectives } })).toContain('likely: 95% (83.6% to 99.1%)');
  });

  it('ends with what to do next when something is wrong', () => {
    expect(text({}, 200).trimEnd().endsWith('compare settings: rollcast sweep shop.yaml --max-unavailable 1..2')).toBe(true);
  });

  it('tells how to ask why a pod waited, by its name when it waits still', () => {
    const { scheduling } = aForecast();
    const page = (parts: object) => text({ scheduling: { ...scheduling, failedAttempts: 3, neverScheduled: [], ...parts } }, 200);
    expect(page({})).toContain('rollcast explain REPORT pod/NAME');
    expect(page({ neverScheduled: [{ pod: 'shop/web-7', message: '' }] })).toContain('rollcast explain REPORT pod/shop/web-7');
    expect(page({ failedAttempts: 0 })).not.toContain('rollcast explain');
  });

  it('compares up to as many nodes as there are when it takes too long', () => {
    const { roll } = aForecast();
    const findings = [{ code: 'WINDOW_TOO_SHORT', severity: 'error', object: 'Objective/in time', message: '', hint: '' }];
    const nodes = Array.from({ length: 12 }, (_, index) => aNodeRow(`node-${index}`));
    expect(text({ findings, roll: { ...roll, nodes } }, 200)).toContain('--max-unavailable 1..12');
  });

  it('suggests nothing when every objective holds', () => {
    expect(text({ verdict: { outcome: 'holds', sentence: 'All hold.', objectives: [] } })).not.toContain('What to do next');
  });

  it('says a hint once where several findings share it', () => {
    const finding = { code: 'A', severity: 'error' as const, object: 'Pod/a', message: 'waits.', hint: 'make room' };
    const page = text({ findings: [finding, { ...finding, object: 'Pod/b' }] });
    expect(page).toMatch(/Pod\/a +waits; make room \[A\]\n.*Pod\/b +waits \[A\]\n/);
  });

  it('shows quorums by how much they were kept, also where no workload was hurt', () => {
    const [kept, lost] = [1, 2].map((size) => aWorkloadRow(`store-${size}`, { quorum: { size, leastInSync: 1 } }));
    const workloads = [kept, { ...lost, belowFloorSeconds: 190 }] as WorkloadRow[];
    const quorums = text({ workloads }, 200).split('Quorums\n')[1];
    expect(quorums).toMatch(/^workload +quorum +least in sync +without quorum\n/);
    expect(quorums).toMatch(/store-1 +1 +1 of 3 +never\n.*store-2 +2 +1 of 3 +3m 10s\n/);
    expect(text({ workloads: workloads.slice(0, 1) }, 200)).toMatch(/Quorums\n.*\n.*store-1 +1 +1 of 3 +never\n/);
    expect(text()).not.toContain('Quorums');
  });

  it('gives the share of defaults among the inputs', () => {
    expect(text()).toContain('1 of 2 inputs that matter are defaults (50%)');
  });
});

describe('sweepText', () => {
  it('opens with the recommendation and names what each setting breaks', () => {
    const page = sweepText(aSweep(), style(120));
    expect(page).toMatch(/^✓ Recommended \(certain\): maxUnavailable 1; /);
    expect(page).toMatch(/fails +2 +20m 5s.*no outage/);
  });

  it('lists the settings that no other one beats, the shortest first', () => {
    const page = sweepText(aSweep(), style(120));
    expect(page).toMatch(
      /Duration against downtime\n[^\n]*\noutcome +maxUnavailable +\S.*\nfails +2 +20m 5s +3m 20s *\nholds +1 +24m +0 *\n/,
    );
  });

  it('says so when no setting keeps every objective', () => {
    const page = sweepText({ ...aSweep(), recommended: null }, style(120));
    expect(page).toContain('✗ None of 2 settings keeps every objective.');
    expect(page).toContain('What to do next');
  });
});

describe('the settings of a sweep', () => {
  const cells = aSweep().cells.slice(1);
  const intervals = { refusals: [198.73, 209.27], durationSeconds: [1204.9, 1205.1] } as const;

  it('name once what none of them keeps', () => {
    const page = sweepText({ ...aSweep(), cells: [...cells, ...cells], recommended: null }, style(120));
    expect(page).toContain('None of 2 settings keeps every objective; this always fails: no outage.');
    expect(page).toMatch(/fails +2 +20m 5s.*as above/);
    expect(sweepText({ ...aSweep(), cells, recommended: null }, style(120))).toContain(
      '✗ The one setting does not keep every objective; this',
    );
  });

  it('have intervals only where their ends can be told from the mean', () => {
    const likely = cells.map((cell) => ({ ...cell, metrics: { ...cell.metrics, refusals: 204.4, intervals } }));
    const page = sweepText({ ...aSweep(), cells: likely }, style(120));
    expect(page).toMatch(/fails +2 +20m 5s {2}.*204 \(199\.\.209\)/);
  });
});

describe('writeMetric', () => {
  it('lets no end of an interval be less than nothing', () => {
    expect(writeMetric('peakPending', -0.05)).toBe('0');
    expect(writeMetric('outageSeconds', -3)).toBe('0s');
  });
});

describe('windowText', () => {
  it('opens with the best start and warns of the worst', () => {
    const page = windowText(aWindowSearch(), style(200));
    expect(page).toContain(
      '✓ Best start: 2026-11-24 02:00 +01:00 Europe/Berlin; 1 of 2 starts keep every objective. Avoid 2026-11-24 12:00',
    );
  });

  it('does not say that starts fail of which nothing is known', () => {
    const starts = aWindowSearch().starts.map((start) => ({ ...start, outcome: 'unknown' as const }));
    const page = windowText({ ...aWindowSearch(), starts, worst: null }, style(200));
    expect(page).toContain('? No start of 2 is known to keep every objective; the least bad one is 2026-11-24 02:00');
    expect(page).toContain('- give a later --horizon');
  });

  it('says which objective a start breaks, once for all where none keeps it', () => {
    expect(windowText(aWindowSearch(), style(200))).toMatch(/fails +2026-11-24 12:00\+01:00 .*every request is served/);
    const starts = aWindowSearch().starts.slice(1);
    const page = windowText({ ...aWindowSearch(), starts, best: starts.map(({ start }) => start), worst: null }, style(200));
    expect(page).toContain('the least bad one is 2026-11-24 12:00 +01:00 Europe/Berlin; this always fails: every request is served.');
    expect(page).toMatch(/fails +2026-11-24 12:00\+01:00 .*as above/);
  });

  it('writes the seconds of a start only where there are some', () => {
    const starts = ['02:00:00', '02:00:30', '02:01:00.5'].map((time, index) => ({
      ...(aWindowSearch().starts[0] as WindowStart),
      start: `2026-11-2${index + 1}T${time}+01:00[Europe/Berlin]`,
    }));
    const page = windowText({ ...aWindowSearch(), starts }, style(200));
    for (const start of ['21 02:00+01:00', '22 02:00:30+01:00', '23 02:01:00.5+01:00']) expect(page).toContain(`2026-11-${start} `);
  });

  it('shows the better ones of too many starts, and says how many it left out', () => {
    const [good, bad] = aWindowSearch().starts;
    const starts = Array.from({ length: 60 }, (_, index) => [
      { ...bad, start: `bad ${index}` },
      { ...good, start: `good ${index}` },
    ]).flat();
    const page = windowText({ ...aWindowSearch(), starts: starts as WindowStart[] }, style(200));
    expect(page.match(/good \d+/g)).toHaveLength(48);
    expect(page).not.toContain('bad');
    expect(page).toContain('72 starts left out, none of them better; all are in results.json.');
  });

  it('says how likely each start is to finish in time, and how sure that is', () => {
    const page = windowText(aWindowSearch(), style(200));
    expect(page).toMatch(/2026-11-24 02:00\+01:00 .* 100% \(97%\.\.100%\)/);
    expect(page).toMatch(/2026-11-24 12:00\+01:00 .* 50% \(40\.4%\.\.59\.6%\)/);
  });
});

describe('the pages of a sweep and a window search', () => {
  it('say how many runs there were', () => {
    expect(sweepPage(aSweep()).origin).toMatch(/rollcast \S+ 40 runs per setting\.$/);
    expect(windowPage(aWindowSearch()).origin).toMatch(/rollcast \S+ 100 runs per start\.$/);
  });
});
