import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../src/cli/commandLine.ts';

const folder = fileURLToPath(new URL('../../scenarios/', import.meta.url));

/** The results document that `words` print, byte for byte. */
async function documentOf(words: readonly string[], threads: number): Promise<string> {
  const same = (text: string) => text;
  let out = '';
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    say: () => {},
    style: { width: 100, paint: { bold: same, dim: same, red: same, green: same, yellow: same } },
    isWatched: false,
    interrupted: new AbortController().signal,
  };
  const named = words.map((word) => (word.endsWith('.yaml') ? folder + word : word));
  await commandLine({
    program: 'rollcast',
    words: [...named, '--threads', String(threads), '--format', 'json', '--out', 'none'],
    terminal,
  });
  return out;
}

describe('the number of threads', () => {
  it.each([
    ['replications', ['run', 'online-shop.yaml', '--replications', '11']],
    ['a sweep', ['sweep', 'local-data.yaml', '--max-unavailable', '1,2', '--factor', 'roll.pacing=barrier,window', '--replications', '3']],
    ['a window', ['window', 'off-peak.yaml', '--every', '12h']],
  ])('changes no byte of the document of %s', async (_name, words) => {
    const one = await documentOf(words, 1);
    expect(JSON.parse(one)).toHaveProperty('schemaVersion');
    for (const threads of [2, 4]) expect(await documentOf(words, threads)).toBe(one);
  });
});
