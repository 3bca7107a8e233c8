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

const SAME_PASS = 'daemonset-long-reset: 1.34 adds NoExecute in the pass that misses the node; played as 1.33';
const NEXT_LOOK = 'tight-serial: what goes as a drain looks is seen at the next look; played so';

/** Vectors that a recorded roll contradicts, with its name, what it shows, and how they are kept all the same. */
const recordedOtherwise: Readonly<Record<string, string>> = {
  'NL-01': SAME_PASS,
  'NL-02': SAME_PASS,
  'NL-07': SAME_PASS,
  'DT-01': NEXT_LOOK,
  'DT-02': NEXT_LOOK,
  'DT-04': NEXT_LOOK,
  'DT-07': NEXT_LOOK,
};

const { vectors } = JSON.parse(readFileSync(new URL('./disruption-vectors.json', import.meta.url), 'utf8')) as { vectors: Vector[] };

describe.each(Object.entries(categories))('disruption vectors: %s', (category, run) => {
  const chosen = vectors.filter((vector) => vector.category === category);

  it.each(chosen.map((vector) => [vector.id, titleOf(vector), vector] as const))('%s %s', (_id, _title, vector) => {
    const outcome = run(vector);
    expect(Object.keys(outcome)).not.toEqual([]);
    expect(outcome).toEqual(comparable(vector, outcome));
  });
});

describe('disruption vectors', () => {
  it('are 152, each of which is played', () => {
    const played = vectors.filter(({ category }) => category in categories);
    expect(vectors).toHaveLength(152);
    expect(played.map(({ id }) => id).sort()).toEqual(vectors.map(({ id }) => id).sort());
  });
});

function titleOf({ id, title }: Vector): string {
  const recording = recordedOtherwise[id];
  return recording === undefined ? title : `${title} (${recording})`;
}
