import type { Knobs } from '../rolls/Preset.ts';

/** Some knobs, and some of the parts of those that have parts. */
export interface PartialKnobs extends Partial<Omit<Knobs, 'pacing' | 'drain' | 'gate' | 'failure' | 'wipe'>> {
  readonly drain?: Partial<Omit<Knobs['drain'], 'pods'>> & { readonly pods?: Partial<Knobs['drain']['pods']> };
  readonly gate?: Partial<Knobs['gate']>;
  readonly failure?: Partial<Knobs['failure']>;
  readonly wipe?: Partial<Knobs['wipe']>;
}
