import { deletePod } from '../../../src/controllers/deletePod.ts';
import { START, seconds } from '../../../src/units.ts';
import { aContainer, aNode, aPod, aPodSpec } from '../../support/builders.ts';
import { aControlPlane } from '../../support/controlPlane.ts';
import type { Outcome, Vector } from './Vector.ts';

interface Given {
  readonly nodeName?: string | null;
  readonly grace: number;
  readonly preStop?: number;
  readonly exitAfterSigterm?: number;
}

/** Deletes a pod at t = 0 and says when its object is gone; a grace of 0 is one of the request. */
export function termination({ given: anything }: Vector): Outcome {
  const { nodeName = 'n1', grace, preStop = 0, exitAfterSigterm = 0 } = anything as Given;
  const spec = aPodSpec({ containers: [aContainer({ preStopSeconds: preStop })], terminationGracePeriodSeconds: grace });
  const pods = [aPod('a', { spec, nodeName: nodeName ?? undefined })];
  const plane = aControlPlane({ nodes: nodeName === null ? [] : [aNode('n1')], pods, exit: exitAfterSigterm });
  let removedAt: number | undefined;
  plane.cluster.subscribe((change) => {
    if (change.kind === 'podRemoved') removedAt = plane.sim.now / 1000;
  });
  const request = grace === 0 ? { gracePeriodSeconds: 0 } : {};
  const pod = plane.pod('a');
  plane.at(0, () => deletePod(plane.cluster, pod, { now: START, cause: 'Delete', ...request }));
  plane.until(100);
  const granted = pod.termination && (pod.termination.requestedAt + seconds(pod.termination.gracePeriodSeconds)) / 1000;
  return { removedAt, ...(granted === undefined ? {} : { deletionTimestamp: granted }) };
}
