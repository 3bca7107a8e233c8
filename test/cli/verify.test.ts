import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exitCode } from '../../src/cli/exitCode.ts';
import { callCommand } from '../support/callCommand.ts';

const trace = (name: string) => fileURLToPath(new URL(`../conformance/traces/rolls/${name}.json.gz`, import.meta.url));

const call = (...words: string[]) => callCommand(words);

describe('verify', () => {
  it('sets the forecast of a recorded roll beside what happened, node by node and workload by workload', async () => {
    const { code, out } = await call('verify', trace('unhealthy-policies'));
    expect(code).toBe(exitCode.holds);
    expect(out).toMatch(/^✓ .* figures agree, and every outcome, outage and lost pod among them\./);
    expect(out).toMatch(/Run 1: nodes\n.*drained after.*refusals.*outcome\n/);
    expect(out).toMatch(/^n2 +- \(-\) +6 \(6\) +failed \(failed\)$/m);
    expect(out).toMatch(/^Deployment\/default\/sick-default .* 0 \(0\)/m);
  });

  it('gives the same facts as one document', async () => {
    const { out } = await call('verify', trace('bare-refused'), '--format', 'json', '--seeds', '2');
    const document = JSON.parse(out);
    expect(document).toMatchObject({ scenario: 'bare-refused', holds: true, share: 1 });
    expect(document.runs).toHaveLength(3);
    expect(document.runs[0].agreements[0]).toMatchObject({ object: 'roll', what: 'duration', agrees: true });
  });

  it('gives the same document for any number of threads', async () => {
    const words = ['verify', trace('tight-serial'), '--format', 'json', '--seeds', '4', '--threads'];
    const one = await call(...words, '1');
    expect(JSON.parse(one.out)).toHaveProperty('meanWidth');
    for (const threads of ['2', '3']) expect(await call(...words, threads)).toEqual(one);
  });

  it('changes nothing of a recorded roll', async () => {
    await expect(call('verify', trace('bare-refused'), '--seed', '7')).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      faults: [{ message: expect.stringContaining('--seed cannot be changed'), hint: expect.stringContaining('--seeds N') }],
    });
  });

  it('refuses a file that is no recording', async () => {
    const scenario = fileURLToPath(new URL('../../scenarios/online-shop.yaml', import.meta.url));
    await expect(call('verify', scenario)).rejects.toMatchObject({ code: 'SCENARIO_INVALID' });
    await expect(call('verify', 'nowhere.json.gz')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

describe('run', () => {
  it('forecasts the first run of a recorded roll', async () => {
    const { code, out } = await call('run', trace('bare-refused'), '--out', 'none', '--format', 'json');
    const { scenario, roll } = JSON.parse(out);
    expect({ scenario, preset: roll.preset, outcome: roll.outcome }).toEqual({
      scenario: 'bare-refused',
      preset: 'kubectl-drain',
      outcome: 'failed',
    });
    expect(code).toBe(exitCode.fails);
  });

  it('changes nothing of a recorded roll but its seed', async () => {
    await expect(call('run', trace('bare-refused'), '--out', 'none', '--horizon', '6h')).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
    const { out } = await call('run', trace('bare-refused'), '--out', 'none', '--format', 'json', '--seed', '7');
    expect(JSON.parse(out)).toMatchObject({ seed: '7' });
  });
});
