import { ZERO } from '../units.ts';
import type { Knobs } from './Preset.ts';
import { wipePlans } from './wipePlans.ts';

/** What all systems have in common that replace nodes: each goes for good when its turn comes, and new ones count once they are Ready. */
export const replacingKnobs = {
  replacement: 'replace',
  nodeObject: 'kept',
  pacing: { kind: 'window' },
  cordon: 'perNode',
  commandTime: ZERO,
  gate: { minReady: ZERO, postInstall: ZERO, waitPostInstallFinish: false },
  wipe: wipePlans.replace,
} satisfies Partial<Knobs>;
