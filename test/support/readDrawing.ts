import type { Drawing } from '../../src/charts/Drawing.ts';

type Tree = { readonly [key: string]: Tree };

/** The dataset with a label; an error names the labels there are. */
export function datasetOf(
  { configuration }: Pick<Drawing, 'configuration'>,
  label: unknown,
): { data: unknown[] } & Record<string, unknown> {
  const datasets = configuration.data.datasets as ({ label?: string; data: unknown[] } & Record<string, unknown>)[];
  const found = datasets.find((dataset) => dataset.label === label);
  if (!found) throw new Error(`no dataset ${label}, only ${datasets.map((dataset) => dataset.label).join(', ')}`);
  return found;
}

/** The options as a tree to look into. */
export function optionsOf({ configuration }: Pick<Drawing, 'configuration'>): Record<'scales' | 'plugins', Tree> {
  return configuration.options as Record<'scales' | 'plugins', Tree>;
}

/** The line under the title. */
export function subtitleOf(drawing: Pick<Drawing, 'configuration'>): unknown {
  return optionsOf(drawing).plugins.subtitle?.text;
}
