import { describe, expect, it } from 'vitest';
import type { Sweep } from '../../src/experiments/Forecast.ts';
import { recommend } from '../../src/experiments/recommend.ts';
import { aSweep } from '../support/sampleForecast.ts';

type Row = Sweep['cells'][number];

const [held, failed] = aSweep().cells;

/** A setting of two factors that takes 24 minutes and does no harm unless told otherwise. */
function setting(maxUnavailable: number, mode: string, outcome: 'holds' | 'fails', metrics: Partial<Row['metrics']> = {}): Row {
  const like = outcome === 'holds' ? held : failed;
  if (!like || !held) throw new Error('the sample sweep has lost its settings');
  return { factors: { maxUnavailable, mode }, verdict: like.verdict, metrics: { ...held.metrics, ...metrics } };
}

describe('recommend', () => {
  it('prefers the shorter of two settings, and of equally short ones the one that harms less', () => {
    const slow = setting(2, 'slow', 'holds', { durationSeconds: 1500 });
    const killing = setting(2, 'delete', 'holds', { forcedKills: 2 });
    const gentle = setting(2, 'evict', 'holds');
    const recommended = recommend([slow, killing, gentle]);
    expect(recommended?.factors).toEqual({ maxUnavailable: 2, mode: 'evict' });
    expect(recommended?.reason).not.toContain('tie');
  });

  it('says that settings tie when they take as long and harm as little', () => {
    const recommended = recommend([setting(2, 'evict', 'holds'), setting(2, 'delete', 'holds', { refusals: 3 })]);
    expect(recommended).toMatchObject({ factors: { mode: 'evict' } });
    expect(recommended?.reason).toContain('a tie with maxUnavailable 2, mode delete');
  });

  it('compares with larger and smaller values under the same other factors only', () => {
    const rows = [
      setting(1, 'evict', 'holds'),
      setting(2, 'evict', 'fails'),
      setting(1, 'delete', 'holds'),
      setting(2, 'delete', 'holds'),
      setting(3, 'delete', 'holds'),
    ];
    expect(recommend(rows)?.reason).toBe('the largest maxUnavailable that keeps all objectives is 3; nothing larger was tried');
    const gap = [setting(2, 'delete', 'fails'), setting(3, 'delete', 'holds')];
    expect(recommend(gap)?.reason).toContain('beware that smaller values fail too: 2');
  });
});
