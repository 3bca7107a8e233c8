import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { EvictionTrace, PodLine } from './evictions/EvictionTrace.ts';
import { outOfScopeRequests, replayEvictions } from './replayEvictions.ts';

const recording: EvictionTrace = JSON.parse(
  gunzipSync(readFileSync(new URL('./traces/evictions/dep3-mu1.json.gz', import.meta.url))).toString(),
);

describe('replaying a recording of evictions', () => {
  it('compares nothing from the deletion of a namespace on, and names these steps', () => {
    const { before, steps } = recording;
    const podsAfter = before.pods.map((line): PodLine => ({ ...line, terminating: true, graceSeconds: 30 }));
    const pod = before.pods[0]?.name ?? '';
    const going = [
      { action: { type: 'deleteObject', object: 'Namespace/default' }, budgetsAfter: {}, podsAfter },
      { action: { type: 'evict', pod }, response: { code: 403, reason: 'Forbidden' }, budgetsAfter: {}, podsAfter },
    ];
    const trace = { ...recording, steps: [...steps, ...going] };
    expect(replayEvictions(trace, 'case')).toEqual(replayEvictions(recording, 'case'));
    expect(outOfScopeRequests(trace)).toEqual([`${steps.length + 1} deleteObject`, `${steps.length + 2} evict`]);
  });
});
