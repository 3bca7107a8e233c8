import type { Forecast } from '../experiments/Forecast.ts';
import { writeShare } from './figures.ts';
import { columns, type Section, tableSection } from './Section.ts';

const originOrder = ['default', 'assumed', 'measured'] as const;
const originTone = { default: 'warning', assumed: 'plain', measured: 'good' } as const;

/** The inputs that matter by where they came from, the least certain first, with the share that nobody gave. */
export function inputSections(inputs: Forecast['inputs']): Section[] {
  const rows = originOrder.flatMap((origin) =>
    inputs
      .filter((input) => input.origin === origin)
      .map(({ name, value }) => ({ tone: originTone[origin], cells: [origin, name, value] })),
  );
  return tableSection('Inputs', { columns: columns('origin', 'input', 'value'), rows }, { lead: shareOfDefaults(inputs) });
}

function shareOfDefaults(inputs: Forecast['inputs']): string {
  const defaults = inputs.filter(({ origin }) => origin === 'default').length;
  const share = `${defaults} of ${inputs.length} inputs that matter are defaults (${writeShare(defaults / inputs.length)})`;
  return defaults === 0 ? `${share}.` : `${share}: measure those first.`;
}

/** What the forecast leaves out; optimistic means that reality may be worse than forecast. */
export function notModelledSections(notModelled: Forecast['notModelled']): Section[] {
  const rows = notModelled.map(({ what, direction }) => ({
    tone: 'plain' as const,
    cells: [what, direction === 'optimistic' ? 'optimistic: reality may be worse' : 'pessimistic: reality may be better'],
  }));
  return tableSection('Not modelled', { columns: columns('what', 'the forecast is'), rows });
}
