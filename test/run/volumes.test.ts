import { describe, expect, it } from 'vitest';
import type { StorageClass } from '../../src/cluster/Storage.ts';
import type { RunResult } from '../../src/run/RunResult.ts';
import { run } from '../../src/run/run.ts';
import type { VolumeTimes } from '../../src/scenario/Scenario.ts';
import { type Duration, instant, minutes, seconds, toSeconds } from '../../src/units.ts';
import {
  aClaimTemplate,
  aDeployment,
  aDisk,
  aNode,
  anAttachment,
  aPod,
  aPodSpec,
  aReplicaSet,
  aStatefulSet,
  claimed,
} from '../support/builders.ts';
import { eventsOf } from '../support/eventsOf.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

const always = (value: Duration) => ({ kind: 'constant' as const, value });

function volumeTimes(options: Partial<VolumeTimes> = {}): VolumeTimes {
  const none = always(seconds(0));
  return {
    attach: always(seconds(1)),
    detach: always(seconds(1)),
    provision: none,
    unmount: none,
    report: { kind: 'after', delay: seconds(0) },
    ...options,
  };
}

const { claim, volume } = aDisk('data-db-0');
const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' };
/** Two nodes, and a StatefulSet of one pod whose disk is attached to n1. */
const cluster = {
  nodes: [aNode('n1'), aNode('n2')],
  persistentVolumes: [volume],
  claims: [claim],
  attachments: [anAttachment('data-db-0', 'n1')],
  workloads: [{ ...aStatefulSet('db', 1), volumeClaimTemplates: [aClaimTemplate('data')] }],
  pods: [aPod('db-0', { labels: { app: 'db' }, owner, nodeName: 'n1', spec: aPodSpec({ volumes: [claimed('data-db-0')] }) })],
};

/** Resets n1 for `reset`; the pod needs 2 s to end and 2 s to become Ready. */
function rolled(report: VolumeTimes['report'], { pause, reset = seconds(30) }: { pause?: Duration; reset?: Duration } = {}): RunResult {
  const timing = { ...aTiming({ reset, ready: seconds(2), exit: seconds(2) }), volumes: volumeTimes({ report }) };
  const roll = { nodes: ['n1'], ...(pause === undefined ? {} : { pauseAfterDrain: pause }) };
  return run(aScenario({ cluster, timing, roll }), '1');
}

const outageOf = ({ workloads }: RunResult) => toSeconds(workloads[0]?.outage ?? seconds(-1));
const codesOf = ({ findings }: RunResult) => findings.map(({ code }) => code);

// As recorded in unmount-report-lost: the drain ends before the report, and the detach is asked for when the node is back.
describe('an unmount that the node cannot report before it goes away', () => {
  const late = { kind: 'after', delay: seconds(4) } as const;

  it('keeps the disk attached, and its pod waiting, until the node is back', () => {
    const result = rolled(late);
    expect(outageOf(result)).toBeGreaterThan(2 + 30 + 1 + 1 + 2);
    expect(outageOf(result)).toBeLessThan(2 + 30 + 1 + 1 + 2 + 1.3);
    const finding = result.findings.find(({ code }) => code === 'UNMOUNT_NOT_REPORTED');
    expect(finding).toMatchObject({ object: 'Node/n1', severity: 'warning' });
    expect(finding?.message).toContain('default/db-0 (pv-data-db-0, 0s after the unmount');
    expect(finding?.hint).toContain('a pause of 4s');
    expect(result.workloads[0]?.outages[0]?.cause.join('\n')).toContain(
      'volume pv-data-db-0 stayed attached to n1, which went away at 2s before it had reported it unmounted',
    );
    expect(eventsOf(result).find(({ kind }) => kind === 'event')?.detail).toMatchObject({ reason: 'FailedAttachVolume' });
  });

  it('does no harm with the pause that the finding names', () => {
    const result = rolled(late, { pause: seconds(4) });
    expect(codesOf(result)).not.toContain('UNMOUNT_NOT_REPORTED');
    expect(outageOf(result)).toBeLessThan(2 + 4 + 1 + 1 + 2 + 1.3);
    expect(result.roll.nodes[0]).toMatchObject({ drainedAt: seconds(2), resetAt: seconds(6), inServiceAt: seconds(36) });
  });

  it('does no harm when the report is made at once', () => {
    const result = rolled({ kind: 'after', delay: seconds(0) });
    expect(codesOf(result)).not.toContain('UNMOUNT_NOT_REPORTED');
    expect(outageOf(result)).toBeLessThan(2 + 1 + 1 + 2 + 1.3);
  });

  it('ends after six minutes when the node is away for longer', () => {
    const result = rolled(late, { reset: minutes(20) });
    expect(outageOf(result)).toBeGreaterThan(6 * 60 + 2);
    expect(outageOf(result)).toBeLessThan(6 * 60 + 10);
  });

  it('is the rule with a kubelet that reports every 10 s and never happens after a pause of 10 s', () => {
    const every = { kind: 'every', period: seconds(10) } as const;
    const timing = { ...aTiming({ reset: seconds(30), ready: seconds(2), exit: seconds(2) }), volumes: volumeTimes({ report: every }) };
    const lost = (pauseAfterDrain: Duration) =>
      Array.from({ length: 40 }, (_, seed) =>
        run(aScenario({ cluster, timing, roll: { nodes: ['n1'], pauseAfterDrain } }), `${seed}`),
      ).filter((result) => codesOf(result).includes('UNMOUNT_NOT_REPORTED')).length;
    expect(lost(seconds(0))).toBe(40);
    expect(lost(seconds(5))).toBeGreaterThan(8);
    expect(lost(seconds(5))).toBeLessThan(32);
    expect(lost(seconds(10))).toBe(0);
  });
});

describe('a Deployment of one pod with a disk', () => {
  const disk = aDisk('solo');
  const spec = aPodSpec({ volumes: [claimed('solo')] });
  const solo = aDeployment('solo', 1, { volumes: [claimed('solo')] });
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'solo-1' };
  const objects = {
    nodes: [aNode('n1'), aNode('n2')],
    persistentVolumes: [disk.volume],
    claims: [disk.claim],
    attachments: [anAttachment('solo', 'n1')],
    workloads: [
      solo,
      { ...aReplicaSet('solo-1', 1, { volumes: [claimed('solo')] }), owner: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'solo' } },
    ],
    pods: [aPod('solo-1-a', { labels: { app: 'solo' }, owner, nodeName: 'n1', spec })],
  };
  const timing = {
    ...aTiming({ reset: seconds(30), ready: seconds(2), exit: seconds(5) }),
    volumes: volumeTimes({ attach: always(seconds(2)), detach: always(seconds(3)) }),
  };

  // As recorded in multi-attach: from the exit of the old pod detach, attach and ready, and the looks of the controller.
  it('is replaced at the eviction, told who holds the disk, and out from the eviction to the attach', () => {
    const result = run(aScenario({ cluster: objects, timing, roll: { nodes: ['n1'] } }), '1');
    const told = eventsOf(result).filter(({ kind, detail }) => kind === 'event' && detail.reason === 'FailedAttachVolume');
    expect(told.map(({ at, detail }) => [toSeconds(at), detail.message])).toEqual([
      [0, 'Multi-Attach error for volume "pv-solo" Volume is already used by pod(s) solo-1-a'],
    ]);
    expect(outageOf(result)).toBeGreaterThan(5 + 3.5 + 2.2 + 2);
    expect(outageOf(result)).toBeLessThan(5 + 3.9 + 2.5 + 2);
  });

  it('is out only for its start when its disk may be on several nodes', () => {
    const shared = { ...objects, persistentVolumes: [{ ...disk.volume, accessModes: ['ReadWriteMany'] }] };
    const result = run(aScenario({ cluster: shared, timing, roll: { nodes: ['n1'] } }), '1');
    expect(eventsOf(result).filter(({ detail }) => detail.reason === 'FailedAttachVolume')).toEqual([]);
    expect(outageOf(result)).toBeLessThan(2.5 + 2);
  });
});

describe('a pod whose claim waits for its first consumer', () => {
  const disk: StorageClass = {
    name: 'disk',
    provisioner: 'disk',
    volumeBindingMode: 'WaitForFirstConsumer',
    isDefault: true,
    allowedTopologies: [],
  };
  const zones = ['a', 'b'].map((zone) => aNode(zone, { labels: { 'topology.kubernetes.io/zone': zone } }));
  const workloads = [{ ...aStatefulSet('db', 1, { volumes: [claimed('data')] }), volumeClaimTemplates: [aClaimTemplate('data')] }];
  const objects = { nodes: zones, storageClasses: [disk], workloads };
  const timing = {
    ...aTiming({ reset: seconds(30), ready: seconds(2), exit: seconds(2) }),
    volumes: volumeTimes({ provision: always(seconds(1.5)) }),
  };

  it('counts as pending until that is bound, at a whole second', () => {
    const disturbances = [{ at: instant(60_000), kind: 'scale', workload: 'StatefulSet/default/db', replicas: 2 } as const];
    const result = run(aScenario({ cluster: objects, timing, roll: { nodes: [], maxUnavailable: 1 }, disturbances }), '1');
    expect(result.series.podsPending).toEqual({ times: [0, 60_000, 62_000], values: [0, 1, 0] });
    expect(result.pods.find(({ pod }) => pod === 'default/db-1')?.readyAt).toBeGreaterThan(65_000);
  });

  it('is bound to the zone of its first node from then on, and waits for that zone', () => {
    const result = run(aScenario({ cluster: objects, timing }), '1');
    expect(result.scheduling.reasons[0]?.message).toContain("1 node(s) didn't match PersistentVolume's node affinity");
    expect(result.workloads[0]?.outage).toBeGreaterThanOrEqual(seconds(30));
  });
});

describe('volumes without times', () => {
  it('make no difference', () => {
    const timing = aTiming({ reset: seconds(30), ready: seconds(2), exit: seconds(2) });
    const result = run(aScenario({ cluster, timing, roll: { nodes: ['n1'] } }), '1');
    expect(outageOf(result)).toBe(4);
    expect(eventsOf(result).filter(({ kind }) => kind === 'event')).toEqual([]);
  });
});
