import { always, type RequeueHints } from './RequeueHints.ts';

/** Waits for any new node. @see pkg/scheduler/framework/plugins/nodename */
export const NodeName: RequeueHints = { NodeAdd: always };
