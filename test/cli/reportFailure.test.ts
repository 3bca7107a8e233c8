import { describe, expect, it } from 'vitest';
import { reportFailure } from '../../src/cli/reportFailure.ts';
import { RollError } from '../../src/errors.ts';

function report(error: unknown, words: readonly string[] = []) {
  const same = (text: string) => text;
  const said: string[] = [];
  const terminal = {
    out: () => expect.unreachable('standard output is for results'),
    say: (text: string) => {
      said.push(text);
    },
    style: { width: 80, paint: { bold: same, dim: same, red: same, green: same, yellow: same } },
    isWatched: false,
    interrupted: () => new AbortController().signal,
  };
  return { code: reportFailure(error, words, terminal), said: said.join('') };
}

describe('reportFailure', () => {
  it('ends with 2 for wrong input and prints every fault with its place and hint', () => {
    const position = { file: 'a.yaml', line: 4, column: 7 };
    const faults = [
      { code: 'SCENARIO_INVALID', path: 'roll.order', position, message: 'is no order', hint: 'such as name' },
      { code: 'SCENARIO_INVALID', message: 'more is wrong' },
    ] as const;
    expect(report(new RollError(faults))).toEqual({
      code: 2,
      said: 'a.yaml:4:7: SCENARIO_INVALID at roll.order: is no order\n  hint: such as name\nSCENARIO_INVALID: more is wrong\n',
    });
  });

  it('ends with 70 for a bug and gives the command that replays it, quoted for a shell', () => {
    const { code, said } = report(new TypeError('x is undefined'), ['run', "it's.yaml", '--seed', '7']);
    expect(said).toContain("INTERNAL: x is undefined\n  hint: replay: rollcast run 'it'\\''s.yaml' --seed 7\n");
    expect(said).toContain('This is a bug in rollcast');
    expect(code).toBe(70);
  });

  it('takes an internal fault for a bug, whoever noticed it', () => {
    expect(report(new RollError([{ code: 'SIM_TIME_REVERSED', message: 'back in time' }])).code).toBe(70);
  });
});
