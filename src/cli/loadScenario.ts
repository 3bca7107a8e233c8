import { dirname, resolve } from 'node:path';
import { RollError } from '../errors.ts';
import type { Overrides } from '../scenario/overrides.ts';
import { parseScenario, type ScenarioInput } from '../scenario/parseScenario.ts';
import { referencedSources } from '../scenario/referencedSources.ts';
import type { Scenario } from '../scenario/Scenario.ts';
import { leastBytesFor } from './DumpSnapshot.ts';
import { loadDocuments } from './loadDocuments.ts';
import { isRecording, recordedScenario } from './loadTrace.ts';
import type { SnapshotUse } from './options.ts';
import { readText } from './readText.ts';
import { withSmallHeap } from './withSmallHeap.ts';

/**
 * Reads a scenario file and every file that it names, with `overrides` from the command line. A recorded roll stands for its first run.
 * @throws RollError with every fault of all of them.
 */
export function loadScenario(file: string, overrides: Overrides, snapshot: SnapshotUse = 'keep'): Scenario {
  return withSmallHeap(() =>
    isRecording(file) ? recordedScenario(file, overrides) : parseScenario(gatherInput(file, overrides, snapshot)),
  );
}

/** Everything that a scenario is read from; files that cannot be read are left out, and the parser says where they are named. */
function gatherInput(file: string, overrides: Overrides, snapshot: SnapshotUse): ScenarioInput {
  const text = readScenarioText(file);
  const { load, files } = referencedSources(text, file, overrides);
  const texts = files.flatMap((path) => {
    const content = readIfThere(resolve(dirname(file), path));
    return content === undefined ? [] : [[path, content] as const];
  });
  return {
    text,
    file,
    overrides,
    loaded: new Map(load.map((entry) => [entry, loadDocuments(entry, file, leastBytesFor[snapshot])])),
    files: new Map(texts),
  };
}

function readScenarioText(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new RollError([
      { code: 'FILE_UNREADABLE', message: `cannot read ${file} (${why})`, hint: 'rollcast init writes a scenario to begin with' },
    ]);
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readText(path);
  } catch {
    return undefined;
  }
}
