import { describe, expect, it } from 'vitest';
import type { Probe } from '../../src/cluster/PodSpec.ts';
import { probing } from '../../src/controllers/probing.ts';
import { type Duration, NEVER, seconds } from '../../src/units.ts';
import { aContainer, aPodSpec } from '../support/builders.ts';

const probe: Probe = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3 };

describe('probing', () => {
  it('is ready at once without a readiness probe', () => {
    expect(found({}, { answers: 100 })).toEqual({ ready: 0, killed: 'never' });
  });

  it('probes half a second after the start, and then at the ticks of the period', () => {
    expect(found({ readinessProbe: probe }, { answers: 0.4, offset: 4 }).ready).toBe(0.5);
    expect(found({ readinessProbe: probe }, { answers: 0.6, offset: 4 }).ready).toBe(4);
    expect(found({ readinessProbe: probe }, { answers: 4.1, offset: 4 }).ready).toBe(14);
  });

  it('waits for the initial delay', () => {
    const delayed = { ...probe, initialDelaySeconds: 15 };
    expect(found({ readinessProbe: delayed }, { answers: 0, offset: 4 }).ready).toBe(24);
    expect(found({ readinessProbe: delayed }, { answers: 0, offset: 5 }).ready).toBe(15);
  });

  it('counts consecutive successes, the triggered probe among them', () => {
    const twice = { ...probe, successThreshold: 2 };
    expect(found({ readinessProbe: twice }, { answers: 0, offset: 4 }).ready).toBe(4);
    expect(found({ readinessProbe: twice }, { answers: 1, offset: 4 }).ready).toBe(14);
  });

  it('probes readiness only after the startup probe, and then at once', () => {
    const startup = { ...probe, failureThreshold: 30 };
    expect(found({ startupProbe: startup, readinessProbe: probe }, { answers: 61, offset: 4 })).toEqual({ ready: 64, killed: 'never' });
    const off = found({ startupProbe: startup, readinessProbe: probe }, { answers: 61, offset: [4, 5] });
    expect(off.ready).toBe(64.5);
  });

  it('kills a container that does not start before its startup probe gives up', () => {
    expect(found({ startupProbe: probe, readinessProbe: probe }, { answers: 24.1, offset: 4 })).toEqual({ ready: 'never', killed: 24 });
    expect(found({ startupProbe: probe, readinessProbe: probe }, { answers: 24, offset: 4 })).toEqual({ ready: 24, killed: 'never' });
  });

  it('kills a container whose liveness probe fails too often while it starts', () => {
    const liveness = { ...probe, initialDelaySeconds: 5 };
    expect(found({ livenessProbe: liveness, readinessProbe: probe }, { answers: 40, offset: 4 })).toEqual({ ready: 'never', killed: 34 });
  });

  it('spares with a startup probe what the liveness probe would kill', () => {
    const startup = { ...probe, failureThreshold: 30 };
    const found40 = found({ startupProbe: startup, livenessProbe: probe, readinessProbe: probe }, { answers: 40, offset: 4 });
    expect(found40).toEqual({ ready: 44, killed: 'never' });
  });

  it('is ready with the last of its containers', () => {
    const containers = [aContainer({ readinessProbe: probe }), aContainer({ name: 'proxy' })];
    const answering = { answersAfter: seconds(20), probeOffset: () => seconds(3) };
    expect(probing(aPodSpec({ containers }), answering).readyAfter).toBe(23_000);
  });

  it('is never ready when nothing ever answers', () => {
    expect(found({ readinessProbe: probe }, { answers: Number.POSITIVE_INFINITY, offset: 4 })).toEqual({ ready: 'never', killed: 'never' });
  });
});

type Probes = Partial<Record<'startupProbe' | 'readinessProbe' | 'livenessProbe', Probe>>;

/** Times in seconds; `offset` for all probes, or one after the other. */
function found(probes: Probes, { answers, offset = 0 }: { readonly answers: number; readonly offset?: number | readonly number[] }) {
  const offsets = typeof offset === 'number' ? [] : [...offset];
  const next = () => (typeof offset === 'number' ? offset : (offsets.shift() ?? 0));
  const { readyAfter, killedAfter } = probing(aPodSpec({ containers: [aContainer(probes)] }), {
    answersAfter: seconds(answers),
    probeOffset: () => seconds(next()),
  });
  return { ready: shown(readyAfter), killed: shown(killedAfter) };
}

function shown(time: Duration): number | 'never' {
  return time === NEVER ? 'never' : time / 1000;
}
