import { columns } from '../../reports/Section.ts';
import { sectionText } from '../../reports/table.ts';
import type { MaxUnavailableRule } from '../../rolls/Preset.ts';
import { presets } from '../../rolls/registry.ts';
import type { Command } from '../Command.ts';
import { exitCode } from '../exitCode.ts';

/** Lists the roll systems that `roll.preset` can name. */
export const presetsCommand: Command<object> = {
  usage: 'presets',
  describes: 'list the roll systems that a scenario can name',
  options: (parser) => parser,
  async run(_options, { terminal }) {
    const rows = [...presets.values()].map(({ name, describes, maxUnavailable }) => ({
      tone: 'plain' as const,
      cells: [name, rangeOf(maxUnavailable), describes],
    }));
    const section = { title: 'Presets (roll.preset)', table: { columns: columns('preset', 'maxUnavailable', 'what it does'), rows } };
    terminal.out(`${sectionText(section, terminal.style)}\n`);
    return exitCode.holds;
  },
};

function rangeOf({ min, max, percent, fallback }: MaxUnavailableRule): string {
  const range = Number.isFinite(max) && max < Number.MAX_SAFE_INTEGER ? `${min} to ${max}` : `${min} or more`;
  const percentage = percent === 'refused' ? '' : ' or a percentage';
  return `${range}${percentage}${fallback === undefined ? ', must be given' : `, else ${fallback}`}`;
}
