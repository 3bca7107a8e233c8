import { join } from 'node:path';
import { requireReplaceable } from './requireReplaceable.ts';

/**
 * The report folder that `--out` asks for: the one named, none (undefined), or `reports/` and the scenario's name by default.
 * @throws RollError `OUTPUT_UNWRITABLE` when something else is there, before any work is lost.
 */
export async function reportTarget(out: string | undefined, name: string): Promise<string | undefined> {
  if (out === 'none') return undefined;
  const folder = out ?? join('reports', fileName(name));
  await requireReplaceable(folder);
  return folder;
}

/** A name that is one folder on every system, whatever the scenario is called. */
function fileName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'scenario';
}
