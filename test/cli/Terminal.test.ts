import { describe, expect, it } from 'vitest';
import { hasColours } from '../../src/cli/Terminal.ts';

describe('hasColours', () => {
  it.each([
    ['a terminal', {}, { isTTY: true }, true],
    ['a pipe', {}, {}, false],
    ['a pipe of a build server', { CI: '1' }, {}, false],
    ['a terminal under NO_COLOR', { NO_COLOR: '1' }, { isTTY: true }, false],
    ['a terminal that knows none', { TERM: 'dumb' }, { isTTY: true }, false],
    ['a pipe under FORCE_COLOR=1', { FORCE_COLOR: '1' }, {}, true],
    ['a pipe under an empty FORCE_COLOR', { FORCE_COLOR: '' }, {}, true],
    ['a terminal under FORCE_COLOR=0', { FORCE_COLOR: '0' }, { isTTY: true }, false],
    ['a terminal under FORCE_COLOR=false', { FORCE_COLOR: 'false' }, { isTTY: true }, false],
  ])('decides for %s', (_name, environment, stream, expected) => {
    expect(hasColours(environment, stream)).toBe(expected);
  });
});
