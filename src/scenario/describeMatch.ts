import type { WorkloadMatch } from './Scenario.ts';

/** A match as people read it: `kind StatefulSet, namespace shop, label app=web`; empty for one that fits everything. */
export function describeMatch({ kind, namespace, name, labels = {} }: WorkloadMatch): string {
  const named = Object.entries({ kind, namespace, name }).flatMap(([field, value]) => (value === undefined ? [] : [`${field} ${value}`]));
  return [...named, ...Object.entries(labels).map(([key, value]) => `label ${key}=${value}`)].join(', ');
}
