import { describe, expect, it } from 'vitest';
import { reportFormats } from '../../src/reports/registry.ts';
import { aForecast, aForecastReport, aNodeRow, aReplication } from '../support/sampleForecast.ts';

const write = (file: string, report = aForecastReport()) =>
  [...(reportFormats.find((format) => format.file === file)?.write(report) ?? [])].join('');

const objective = { name: 'a', outcome: 'holds', certainty: 'certain', probability: 1, interval: null, evidence: 'e' } as const;

describe('the report formats', () => {
  it('have different file names', () => {
    expect(new Set(reportFormats.map(({ file }) => file)).size).toBe(reportFormats.length);
  });

  it('write nodes.csv with times in seconds and nothing where nothing happened', () => {
    const skipped = aNodeRow('n2', {
      outcome: 'skipped',
      cordonedAt: null,
      drainedAt: null,
      resetAt: null,
      readyAt: null,
      inServiceAt: null,
    });
    const late = aNodeRow('n3', { startedAt: 60, drainedAt: 62 });
    const never = aNodeRow('n4', { outcome: 'notStarted', drainedAt: null, resetAt: null, readyAt: null, inServiceAt: null, evictions: 0 });
    const nodes = [aNodeRow('n1', { blockedBy: ['a/b', 'c/d'] }), skipped, late, never];
    const forecast = aForecast({ roll: { ...aForecast().roll, nodes } });
    expect(write('nodes.csv', aForecastReport(forecast)).split('\r\n')).toEqual([
      'name,outcome,cordonedAtSeconds,startedAtSeconds,drainedAtSeconds,resetAtSeconds,readyAtSeconds,inServiceAtSeconds,blockedSeconds,blockedBy,evictions,refusals,forcedKills',
      'n1,inService,0,0,4.5,4.5,484.5,484.5,0,a/b c/d,6,0,0',
      'n2,skipped,,,,,,,0,,6,0,0',
      'n3,inService,0,60,62,4.5,484.5,484.5,0,,6,0,0',
      'n4,notStarted,0,,,,,,0,,0,0,0',
      '',
    ]);
  });

  it('write replications.csv with the figures of every run, and no duration where it has no end', () => {
    const endless = { ...aReplication('7#1', { durationSeconds: Number.POSITIVE_INFINITY, unfinished: 1 }), outcome: 'stuck' as const };
    const lines = write('replications.csv', { ...aForecastReport(), runs: [aReplication('7'), endless] }).split('\r\n');
    expect(lines.map((line) => line.split(',').slice(0, 4).join())).toEqual([
      'seed,outcome,durationSeconds,unfinished',
      '7,completed,1205,0',
      '7#1,stuck,,1',
      '',
    ]);
  });

  it('write workloads.csv with every workload, hurt or not', () => {
    expect(write('workloads.csv').split('\r\n').slice(1, 4)).toEqual([
      'Deployment,shop,checkout,3,2,0,0,90,0,3,0,0,,',
      'Deployment,shop,frontend,3,3,0,0,0,0,3,0,0,,',
      'Deployment,shop,search,2,0,1,200,480,0,3,0,1,,',
    ]);
  });

  it('write pods.csv with instants turned into seconds', () => {
    expect(write('pods.csv').split('\r\n')[1]).toBe(
      'shop/search-x1,Deployment/shop/search,workers-1,725,925,950,,eviction from workers-3,2',
    );
  });

  it('write one JSON object per event', () => {
    expect(
      write('events.ndjson.gz')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { at: 0, kind: 'cordon', object: 'workers-1' },
      { at: 1.5, kind: 'evict', object: 'shop/search-x1', node: 'workers-1', refused: false },
    ]);
  });

  it('write results.json as the forecast itself, numbers cut to six decimals', () => {
    const forecast = aForecast({ unservedRequests: 0.1 + 0.2 });
    expect(JSON.parse(write('results.json', aForecastReport(forecast)))).toEqual({ ...forecast, unservedRequests: 0.3 });
  });

  it('write a failure per objective that fails and an error per unknown one into junit.xml', () => {
    const verdict = {
      outcome: 'fails',
      sentence: 'no',
      objectives: [objective, { ...objective, name: 'b', outcome: 'fails' }, { ...objective, name: 'c', outcome: 'unknown' }],
    } as const;
    const xml = write('junit.xml', aForecastReport(aForecast({ verdict })));
    expect(xml).toContain('tests="3" failures="1" errors="1"');
    expect(xml.match(/<testcase/g)).toHaveLength(3);
    expect(xml).toContain('name="b"><failure type="certain" message="e"/>');
    expect(xml).toContain('name="c"><error type="certain" message="e"/>');
  });

  it('escape markup and drop control characters in junit.xml', () => {
    const verdict = { outcome: 'holds', sentence: 's', objectives: [{ ...objective, name: '<a> & "b"\u0000\n' }] } as const;
    expect(write('junit.xml', aForecastReport(aForecast({ verdict })))).toContain('name="&lt;a&gt; &amp; &quot;b&quot;&#10;"');
  });

  it('keep names from becoming markup in report.md', () => {
    const forecast = aForecast({
      verdict: { ...aForecast().verdict, objectives: [{ ...objective, name: 'a|b <img src=x> [l](http://x)' }] },
    });
    expect(write('report.md', aForecastReport(forecast))).toContain('a\\|b &lt;img src=x&gt; \\[l\\](http://x)');
  });

  it('give the same bytes for the same report', () => {
    const all = () => reportFormats.map(({ file }) => write(file));
    expect(all()).toEqual(all());
  });
});
