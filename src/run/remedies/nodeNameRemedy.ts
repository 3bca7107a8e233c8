import type { Remedy } from './Remedy.ts';

/** A pod that names another node has to stop naming it. */
export const nodeNameRemedy: Remedy = {
  plugin: 'NodeName',
  nextChange: ({ pod }) => ({
    kind: 'dropNodeName',
    text: `take nodeName ${pod.spec.nodeName ?? ''} off the pod`,
    apply: (trial) => trial.changeSpec((spec) => ({ ...spec, nodeName: undefined })),
  }),
};
