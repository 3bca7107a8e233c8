import { commandLine } from '../../src/cli/commandLine.ts';

/** What a command left behind: its exit code, standard output and standard error. */
export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Does what `words` ask for in this process, on a terminal `width` characters wide that nobody watches, without colours. */
export async function callCommand(words: readonly string[], width = 100): Promise<Called> {
  const same = (text: string) => text;
  const said = { out: '', err: '' };
  const terminal = {
    out: (text: string) => {
      said.out += text;
    },
    say: (text: string) => {
      said.err += text;
    },
    style: { width, paint: { bold: same, dim: same, red: same, green: same, yellow: same } },
    isWatched: false,
    interrupted: () => new AbortController().signal,
  };
  const code = await commandLine({ program: 'rollcast', words, terminal });
  return { code, ...said };
}
