import type { Preset } from '../rolls/Preset.ts';
import type { Reading } from './Reading.ts';
import { replacingHint } from './readSurge.ts';
import type { GivenRoll } from './schema/roll.ts';

/** Refuses knobs of a roll that keeps its nodes where the preset replaces them, and the other way round. */
export function checkReplacement(reading: Reading, { name, surge }: Preset, given: GivenRoll): void {
  const { replacement, gate } = given;
  const refuse = (path: readonly string[], message: string, hint: string) =>
    reading.refuse({ path: ['spec', 'roll', ...path], message, hint });
  if (!surge) {
    if (replacement === 'replace') refuse(['replacement'], `preset ${name} keeps its nodes`, replacingHint());
    return;
  }
  if (replacement !== undefined && replacement !== 'replace')
    refuse(['replacement'], `preset ${name} replaces nodes`, 'leave it out, or take a preset that keeps them, such as cce-sync');
  for (const key of KEEPING) if (given[key] !== undefined) refuse([key], 'not with nodes that are replaced', 'leave it out');
  for (const key of NOT_MODELLED) if (given[key] !== undefined) refuse([key], 'not modelled where nodes are replaced', 'leave it out');
  if (given.cordon !== undefined && given.cordon !== 'perNode')
    refuse(['cordon'], `preset ${name} cordons each node when its turn comes`, 'leave it out');
  for (const key of ['postInstall', 'waitPostInstallFinish', 'initConditions'] as const)
    if (gate?.[key] !== undefined)
      refuse(['gate', key], 'not with nodes that are replaced', 'leave it out; timing.nodes[].boot includes it');
}

/** The knobs that say what becomes of a node that stays, or of its batch. */
const KEEPING = ['machine', 'nodeObject', 'pacing', 'wipe'] as const;

/** Knobs that only count for nodes that stay in this version. */
const NOT_MODELLED = ['budgetAccounting', 'maintenance'] as const;
