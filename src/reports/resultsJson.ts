import { stringify } from 'yaml';
import type { DocumentHead } from '../experiments/Forecast.ts';

/**
 * A results document as JSON, indented by two blanks, with keys in the order of its contract. Numbers have at most six decimals, so that
 * the order in which a mean was summed up does not show. A figure that is not finite becomes null.
 */
export function resultsJson(document: DocumentHead): string {
  return `${JSON.stringify(document, rounded, 2)}\n`;
}

/** The same document as YAML. */
export function resultsYaml(document: DocumentHead): string {
  return stringify(JSON.parse(JSON.stringify(document, rounded)), { lineWidth: 0 });
}

function rounded(_key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Number.isFinite(value) ? Number(value.toFixed(6)) : null;
}
