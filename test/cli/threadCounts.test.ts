import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { callCommand } from '../support/callCommand.ts';

const folder = fileURLToPath(new URL('../../scenarios/', import.meta.url));

/** The results document that `words` print, byte for byte. */
async function documentOf(words: readonly string[], threads: number): Promise<string> {
  const named = words.map((word) => (word.endsWith('.yaml') ? folder + word : word));
  const { out } = await callCommand([...named, '--threads', String(threads), '--format', 'json', '--out', 'none']);
  return out;
}

describe('the number of threads', () => {
  it.each([
    ['replications', ['run', 'online-shop.yaml', '--replications', '11']],
    ['a precision', ['run', 'online-shop.yaml', '--precision', '15%', '--max-replications', '60']],
    ['a sweep', ['sweep', 'local-data.yaml', '--max-unavailable', '1,2', '--factor', 'roll.pacing=barrier,window', '--replications', '3']],
    ['a window', ['window', 'off-peak.yaml', '--every', '12h']],
  ])('changes no byte of the document of %s', async (_name, words) => {
    const one = await documentOf(words, 1);
    expect(JSON.parse(one)).toHaveProperty('schemaVersion');
    for (const threads of [2, 4]) expect(await documentOf(words, threads)).toBe(one);
  });
});
