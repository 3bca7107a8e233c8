import { describe, expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../src/scenario/scenarioJsonSchema.ts';

describe('scenarioJsonSchema', () => {
  const schema = JSON.parse(JSON.stringify(scenarioJsonSchema()));

  it('offers the presets and the types of maxUnavailable', () => {
    const { preset, maxUnavailable } = schema.properties.spec.properties.roll.properties;
    expect(preset.enum).toContain('cce-sync');
    expect(maxUnavailable.type).toEqual(['integer', 'string']);
  });

  it('asks only for what has no default, and allows no other keys', () => {
    expect(schema.required).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
    expect(schema.properties.spec.required).toEqual(['cluster', 'roll']);
    expect(schema.properties.spec.additionalProperties).toBe(false);
    expect(schema.properties.spec.properties.cluster.properties.nodePools.items.required).toEqual(['name', 'nodes', 'allocatable']);
  });
});
