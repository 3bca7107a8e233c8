import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { controllerTimeline } from './disruptionVectors/controllerTimeline.ts';
import { deploymentMath } from './disruptionVectors/deploymentMath.ts';
import { drainFilter } from './disruptionVectors/drainFilter.ts';
import { drainTimeline } from './disruptionVectors/drainTimeline.ts';
import { eviction } from './disruptionVectors/eviction.ts';
import { hpa } from './disruptionVectors/hpa.ts';
import { job } from './disruptionVectors/job.ts';
import { nodeLifecycle } from './disruptionVectors/nodeLifecycle.ts';
import { pdbArithmetic } from './disruptionVectors/pdbArithmetic.ts';
import { pdbSelection } from './disruptionVectors/pdbSelection.ts';
import { scaleDownOrder } from './disruptionVectors/scaleDownOrder.ts';
import { termination } from './disruptionVectors/termination.ts';
import { comparable, type Outcome, type Vector } from './disruptionVectors/Vector.ts';
import { volume } from './disruptionVectors/volume.ts';

/** How the vectors of a category are run: a new category is one file and one line here. */
const categories: Readonly<Record<string, (vector: Vector) => Outcome>> = {
  'pdb-arithmetic': pdbArithmetic,
  'pdb-selection': pdbSelection,
  eviction,
  'drain-filter': drainFilter,
  'drain-timeline': drainTimeline,
  'deployment-math': deploymentMath,
  'scale-down-order': scaleDownOrder,
  hpa,
  job,
  termination,
  volume,
  'controller-timeline': controllerTimeline,
  'node-lifecycle': nodeLifecycle,
};

/** Races inside one API call, which a simulator without latency cannot have. */
const racy = ['EV-10', 'EV-21'];

/** Batches of creations. */
const notModelled = ['CT-08', 'CT-09'];

const { vectors } = JSON.parse(readFileSync(new URL('./disruption-vectors.json', import.meta.url), 'utf8')) as { vectors: Vector[] };

describe.each(Object.entries(categories))('disruption vectors: %s', (category, run) => {
  const chosen = vectors.filter((vector) => vector.category === category && ![...racy, ...notModelled].includes(vector.id));

  it.each(chosen.map((vector) => [vector.id, vector.title, vector] as const))('%s %s', (_id, _title, vector) => {
    const outcome = run(vector);
    expect(Object.keys(outcome)).not.toEqual([]);
    expect(outcome).toEqual(comparable(vector, outcome));
  });
});
