import { affinityRemedy } from './affinityRemedy.ts';
import { cordonRemedy } from './cordonRemedy.ts';
import { hostPortRemedy } from './hostPortRemedy.ts';
import { nodeAffinityRemedy } from './nodeAffinityRemedy.ts';
import { nodeNameRemedy } from './nodeNameRemedy.ts';
import type { Remedy } from './Remedy.ts';
import { resourceRemedy } from './resourceRemedy.ts';
import { spreadRemedy } from './spreadRemedy.ts';
import { taintRemedy } from './taintRemedy.ts';
import { volumeInUseRemedy, volumeLimitRemedy } from './volumeRemedies.ts';

/** Every plugin whose refusals have a known remedy. A volume that cannot be reached from a node has none. */
export const remedies: readonly Remedy[] = [
  cordonRemedy,
  nodeNameRemedy,
  taintRemedy,
  nodeAffinityRemedy,
  hostPortRemedy,
  resourceRemedy,
  volumeInUseRemedy,
  volumeLimitRemedy,
  spreadRemedy,
  affinityRemedy,
];
