import { columns, type Row, type Section } from '../../reports/Section.ts';
import { sectionText } from '../../reports/table.ts';
import type { MaxUnavailableRule } from '../../rolls/Preset.ts';
import { drainKinds, presets } from '../../rolls/registry.ts';
import type { Command } from '../Command.ts';
import { exitCode } from '../exitCode.ts';

/** Lists the roll systems that `roll.preset` can name, and the ways to drain that `roll.drain.kind` can. */
export const presetsCommand: Command<object> = {
  usage: 'presets',
  describes: 'list the roll systems and the ways to drain that a scenario can name',
  options: (parser) => parser,
  async run(_options, { terminal }) {
    const sections = [presetSection(), drainSection()];
    terminal.out(`${sections.map((section) => sectionText(section, terminal.style)).join('\n\n')}\n`);
    return exitCode.holds;
  },
};

function presetSection(): Section {
  const rows = [...presets.values()].map(({ name, describes, maxUnavailable }) => row(name, rangeOf(maxUnavailable), describes));
  return { title: 'Presets (roll.preset)', table: { columns: columns('preset', 'maxUnavailable', 'what it does'), rows } };
}

function drainSection(): Section {
  const rows = [...drainKinds.values()].map(({ name, describes }) => row(name, describes));
  return { title: 'Ways to drain (roll.drain.kind)', table: { columns: columns('kind', 'what it does'), rows } };
}

function row(...cells: readonly string[]): Row {
  return { tone: 'plain', cells };
}

function rangeOf({ min, max, percent, fallback }: MaxUnavailableRule): string {
  const range = Number.isFinite(max) && max < Number.MAX_SAFE_INTEGER ? `${min} to ${max}` : `${min} or more`;
  const percentage = percent === 'refused' ? '' : ' or a percentage';
  return `${range}${percentage}${fallback === undefined ? ', must be given' : `, else ${fallback}`}`;
}
