import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../src/experiments/agreement.ts';
import { verifyText } from '../../src/reports/verifyText.ts';

const same = (text: string) => text;
const style = { width: 100, paint: { bold: same, dim: same, red: same, green: same, yellow: same } };

const outage: Agreement = {
  ...{ object: 'Deployment/default/web', what: 'outage', unit: 'seconds', isDecisive: true, recorded: 12 },
  ...{ low: 2, high: 4, forecasts: ['2', '4'], agrees: false },
};

const verification = {
  ...{ schemaVersion: 1, rollcast: '0', scenario: 'small', seed: '1', describes: '' },
  runs: [{ note: 'Compare run 0.', agreements: [outage] }],
  ...{ share: 0, meanWidth: 2, meanSpread: 0, holds: false },
  unrepeated: [{ object: 'Node/n1', what: 'drained' as const, unit: 'seconds' as const, recorded: [3, 8] }],
};

describe('verifyText', () => {
  it('marks what differs, shows its range, and says where to begin', () => {
    const text = verifyText(verification, style);
    expect(text).toMatch(/^✗ 0% of 1 figure agree; 1 outcome, outage or lost pod differ\./);
    expect(text).toContain('✗ 12s (2s to 4s)');
    expect(text).toContain('begin with Deployment/default/web');
    expect(text).toMatch(/^n1 +drained after +3s/m);
    expect(text).toContain('Forecast ranges are 2s wide on average; the recorded runs are 0s apart.');
  });
});
