import type { Cluster } from '../cluster/Cluster.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, between, type Duration, type Instant, instant, milliseconds, START, ZERO } from '../units.ts';
import type { VolumeReport, VolumeTimingSource } from './VolumeTiming.ts';

/** A volume that a machine went away with before it could report that it no longer uses it: it stays attached. */
export interface UnreportedUnmount {
  /** `namespace/name` of the pod that used it last. */
  readonly pod: string;
  readonly volume: string;
  /** From the unmount to the machine going away; undefined when the pod was killed with the machine. */
  readonly unmountedFor: Duration | undefined;
  /** Probability in [0, 1] that a report at a random phase comes later than that time. */
  readonly chance: number;
  /** Time after the unmount by which the report has certainly been made. */
  readonly needed: Duration;
}

/** A kubelet's period is longer by up to 4 % each time; the model leaves that out. */
const LONGEST_PERIOD = 1.04;

/** What one kubelet has to say about its volumes: which are in use, and when the API server hears of it. */
export class VolumeReports {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly node: Node;
  private readonly timing: VolumeTimingSource;
  /**
   * When the node began to report, and the fraction of a period in [0, 1) that had passed by then; from there on it reports once per
   * period.
   */
  private began: { readonly at: Instant; readonly passed: number };
  private readonly users = new Map<string, Set<Pod>>();
  private readonly unmounted = new Map<string, { readonly pod: string; readonly at: Instant; readonly toldAt: Instant }>();
  private readonly pending = new Map<Instant, EventHandle>();

  constructor({ sim, cluster, timing }: { sim: Simulation; cluster: Cluster; timing: VolumeTimingSource }, node: Node) {
    this.sim = sim;
    this.cluster = cluster;
    this.timing = timing;
    this.node = node;
    this.began = { at: START, passed: sim.stream('nodeStatus', node.name).next() };
  }

  /** `pod` wants `volume` mounted, or has it. */
  use(pod: Pod, volume: string): void {
    this.unmounted.delete(volume);
    this.users.set(volume, (this.users.get(volume) ?? new Set()).add(pod));
    if (!this.node.volumesInUse.has(volume)) this.tellAt(this.toldOfUse());
  }

  /** `pod` no longer has any of its volumes mounted. */
  release(pod: Pod): void {
    for (const [volume, pods] of this.users) {
      if (!pods.delete(pod) || pods.size > 0) continue;
      const toldAt = this.toldOfUnmount();
      this.users.delete(volume);
      this.unmounted.set(volume, { pod: pod.key, at: this.sim.now, toldAt });
      this.tellAt(toldAt);
    }
  }

  holds(pod: Pod): boolean {
    return [...this.users.values()].some((pods) => pods.has(pod));
  }

  /** The machine goes away: what it has not told stays untold. */
  stop(): readonly UnreportedUnmount[] {
    for (const handle of this.pending.values()) handle.cancel();
    this.pending.clear();
    const untold = [...this.node.volumesInUse].flatMap((volume) => this.untold(volume) ?? []);
    this.users.clear();
    this.unmounted.clear();
    return untold;
  }

  /** The machine is back: it tells at once what is in use. */
  start(): void {
    this.began = { at: this.sim.now, passed: 0 };
    this.tell();
  }

  private untold(volume: string): UnreportedUnmount | undefined {
    const report = this.timing()?.report;
    const needed = report?.kind === 'after' ? report.delay : milliseconds(periodOf(report) * LONGEST_PERIOD);
    const left = this.unmounted.get(volume);
    if (left) {
      const unmountedFor = between(left.at, this.sim.now);
      const chance = report?.kind === 'every' ? Math.max(0, 1 - unmountedFor / report.period) : 1;
      return { pod: left.pod, volume, unmountedFor, chance, needed };
    }
    const killed = [...(this.users.get(volume) ?? [])].find((pod) => this.cluster.pods.get(pod.key) !== pod);
    return killed && { pod: killed.key, volume, unmountedFor: undefined, chance: 1, needed };
  }

  private toldOfUse(): Instant {
    const report = this.timing()?.report;
    return report?.kind === 'every' ? this.nextStatus(report.period) : this.sim.now;
  }

  private toldOfUnmount(): Instant {
    const report = this.timing()?.report;
    if (!report) return this.sim.now;
    return report.kind === 'every' ? this.nextStatus(report.period) : after(this.sim.now, report.delay);
  }

  private nextStatus(period: Duration): Instant {
    if (period === ZERO) return this.sim.now;
    const first = this.began.at - Math.floor(this.began.passed * period);
    return instant(first + (Math.floor((this.sim.now - first) / period) + 1) * period);
  }

  private tellAt(at: Instant): void {
    if (at <= this.sim.now) this.tell();
    else if (!this.pending.has(at)) {
      const fire = () => {
        this.pending.delete(at);
        this.tell();
      };
      this.pending.set(at, this.sim.schedule({ kind: 'nodeStatus', entity: this.node.name, fire }, at, 'Change'));
    }
  }

  private tell(): void {
    for (const [volume, { toldAt }] of this.unmounted) if (toldAt <= this.sim.now) this.unmounted.delete(volume);
    const inUse = new Set([...this.users.keys(), ...this.unmounted.keys()].sort());
    const before = this.node.volumesInUse;
    const isSame = inUse.size === before.size && [...inUse].every((volume) => before.has(volume));
    if (!isSame) this.cluster.setNodeVolumes(this.node, { volumesInUse: inUse });
  }
}

function periodOf(report: VolumeReport | undefined): Duration {
  return report?.kind === 'every' ? report.period : ZERO;
}
