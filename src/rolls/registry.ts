import type { Preset } from './Preset.ts';
import { cceSync } from './presets/cceSync.ts';
import { kubectlDrain } from './presets/kubectlDrain.ts';
import type { Pacing } from './RollPlan.ts';
import type { RollStrategy } from './RollStrategy.ts';
import { barrier } from './strategies/barrier.ts';
import { window } from './strategies/window.ts';

/** Every roll system that is known, by name: one file in `presets/` and one line here. */
export const presets: ReadonlyMap<string, Preset> = new Map([cceSync, kubectlDrain].map((preset) => [preset.name, preset]));

/** Every way to pace a roll, by the scenario's word for it: one file in `strategies/` and one line here. */
export const strategies: Readonly<Record<Pacing['kind'], RollStrategy>> = { barrier, window };
