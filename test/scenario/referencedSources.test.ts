import { describe, expect, it } from 'vitest';
import { referencedSources } from '../../src/scenario/referencedSources.ts';
import { scenarioText } from '../support/scenarioText.ts';

describe('referencedSources', () => {
  it('finds dumps, the request, curves and measured values, each once', () => {
    const text = scenarioText({
      cluster: '{load: [snapshots/prod.json, manifests/]}',
      demand: '[{curve: {file: demand.csv}, perReplica: 1}, {curve: {file: demand.csv}, perReplica: 2}]',
      timing: '{nodes: [{reset: {mixture: [{weight: 1, of: {empirical: {file: resets.txt}}}]}}]}',
      roll: '{request: upgrade.json, system: cce}',
    });
    expect(referencedSources(text, 'case.yaml')).toEqual({
      load: ['snapshots/prod.json', 'manifests/'],
      files: ['upgrade.json', 'resets.txt', 'demand.csv'],
    });
  });

  it('sees what the command line replaces, and finds nothing in a text that is no scenario', () => {
    const overrides = new Map([['roll.request', 'other.json']]);
    expect(referencedSources(scenarioText(), 'case.yaml', overrides).files).toEqual(['other.json']);
    expect(referencedSources('[', 'case.yaml')).toEqual({ load: [], files: [] });
  });
});
