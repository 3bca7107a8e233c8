import { durationHistogram } from './durationHistogram.ts';
import { headroom } from './headroom.ts';
import { nodesAndPending } from './nodesAndPending.ts';
import { readyShare } from './readyShare.ts';
import { rollTimeline } from './rollTimeline.ts';
import { sweepTradeOff } from './sweepTradeOff.ts';
import { windowHeatMap } from './windowHeatMap.ts';

/** Every chart by its name, which is also the name of its file in a report folder. */
export const charts = { rollTimeline, nodesAndPending, readyShare, headroom, durationHistogram, sweepTradeOff, windowHeatMap } as const;
