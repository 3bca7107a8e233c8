import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { ClassTable } from '../cluster/PodClass.ts';
import { type EventKind, eventKind } from '../sim/EventKind.ts';
import { NO_EVENT } from '../sim/EventQueue.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, between, type Duration, type Instant, type MilliCpu, milliseconds, NEVER, seconds, ZERO } from '../units.ts';
import { Backoff } from './Backoff.ts';
import { endDeletion } from './deletePod.ts';
import { drawLife, type OwnEnd, type Start } from './drawLife.ts';
import { drawnOnce, drawnOncePerProbe } from './drawnOnce.ts';
import { ImagePulls } from './ImagePulls.ts';
import type { KubeletTiming } from './KubeletTiming.ts';
import { type PodCourse, PodCourses } from './PodCourse.ts';
import { StartContention } from './StartContention.ts';
import { stopHooksOf, terminationTime } from './terminationTime.ts';
import type { VolumeMounts } from './VolumeMounts.ts';
import type { UnreportedUnmount } from './VolumeReports.ts';

export interface KubeletOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  readonly timing: KubeletTiming;
  /** Absent: volumes are there at once and gone at once. */
  readonly volumes?: VolumeMounts | undefined;
  /** CPU that one start uses, from Running until it answers or is Ready; absent: starts do not slow one another down. */
  readonly startCpu?: MilliCpu | undefined;
}

/**
 * The kubelets of all nodes: they start the pods that are bound to their node, and end those that are deleted.
 *
 * A start consists of volumes, image pulls, Running and Ready. Containers that fail are started again, all of the pod together, at once and
 * then after 10 s, doubling up to 5 min. An ended pod is removed when its volumes are unmounted; a pod of a Job becomes Failed and its
 * controller removes it. While a kubelet is stopped its pods stay as they are, and deleted ones keep terminating, until it is back.
 */
export class Kubelet implements ClusterListener {
  readonly on: ChangeHandlers = {
    podGiven: ({ pod }) => this.take(pod),
    podBound: ({ pod, node }) => this.take(pod, node),
    podTerminating: ({ pod, before }) => {
      if (pod.termination?.gracePeriodSeconds !== before?.gracePeriodSeconds) this.planExit(pod);
    },
    podPhaseChanged: (change) => {
      this.volumes?.on.podPhaseChanged(change);
      if (change.pod.isFinished) this.forget(change.pod);
    },
    podRemoved: (change) => {
      this.volumes?.on.podRemoved(change);
      this.forget(change.pod);
    },
    nodeRemoved: ({ node }) => void this.silence(node),
    nodeVolumesChanged: (change) => this.volumes?.on.nodeVolumesChanged(change),
    storageChanged: (change) => this.volumes?.on.storageChanged(change),
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly timing: KubeletTiming;
  private readonly pulls: ImagePulls;
  private readonly volumes: VolumeMounts | undefined;
  private readonly starts: StartContention | undefined;
  private readonly courses = new PodCourses();
  private readonly steps: Steps;
  private readonly plainStart: Start = {
    waitsForGates: (pod) => pod.podClass.isGated && !this.openGates.has(pod),
    probeOffset: (pod, period) => this.probeOffset(pod, period),
  };
  /** The callbacks for pods that waited for volumes or for images. */
  private readonly whenWaited = {
    mounted: (pod: Pod) => {
      const course = this.courses.get(pod);
      if (course) this.pull(course);
    },
    pulled: (pod: Pod) => {
      const course = this.courses.get(pod);
      if (course) this.startContainers(course);
    },
  };
  private readonly crashes = new Backoff<Pod>({ first: seconds(10), longest: seconds(300) });
  private readonly openGates = new WeakSet<Pod>();
  private readonly stopHooks = new ClassTable(({ spec }) => stopHooksOf(spec));
  private readonly shuttingDown = new Set<Node>();
  private readonly killed = new Map<Pod, () => void>();

  /** Continues with the pods that are starting or terminating; pods that run and are not Ready stay so. */
  constructor({ sim, cluster, timing, volumes, startCpu }: KubeletOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.timing = timing;
    this.volumes = volumes;
    this.starts = startCpu && new StartContention({ sim, cpu: startCpu });
    this.pulls = new ImagePulls({ sim, cluster, timing: () => timing.images });
    this.steps = this.makeSteps();
    for (const pod of cluster.podsOfClasses(({ isGated }) => isGated)) if (pod.ready) this.openGates.add(pod);
    for (const pod of cluster.podCounts.restless()) this.take(pod);
  }

  /** `node` begins to shut down: it is not Ready, and pods that are new there do not start. */
  refuse(node: Node): void {
    this.shuttingDown.add(node);
    this.cluster.updateNode(node, { ready: 'False' });
  }

  /**
   * Ends `pod` for the shutdown of its node within `grace` or its own grace period, whichever is shorter: it fails, and its object stays. A
   * deletion in progress continues. Calls `done` when the pod has ended and its volumes are unmounted.
   */
  kill(pod: Pod, grace: Duration, done: () => void): void {
    this.killed.set(pod, done);
    if (!pod.isTerminating) this.stopContainers(pod, grace, this.steps.shutdown);
  }

  /** Ends `pod` because its active deadline is over: it fails, and its object stays. Its kubelet runs, and nobody has deleted it. */
  expire(pod: Pod): void {
    this.stopContainers(pod, seconds(pod.podClass.gracePeriodSeconds), this.steps.expired);
  }

  private stopContainers(pod: Pod, grace: Duration, step: EventKind<PodCourse>): void {
    const granted = Math.min(grace, seconds(pod.podClass.gracePeriodSeconds)) as Duration;
    const hasContainers = pod.phase !== 'Pending' && !this.volumes?.isWaiting(pod);
    const time = hasContainers ? terminationTime(this.stopHooks.of(pod.podClass), { grace: granted, own: this.timing.exit(pod) }) : ZERO;
    this.starts?.stop(pod);
    this.happen(this.courses.of(pod), step, after(this.sim.now, time));
  }

  /**
   * The machine of `node` goes away: nothing on it starts, ends or reports until it is back.
   * @returns the volumes that were no longer in use but not yet reported so; they stay attached.
   */
  stop(node: Node): readonly UnreportedUnmount[] {
    const untold = this.silence(node);
    this.shuttingDown.delete(node);
    this.cluster.updateNode(node, { isPosting: false });
    return untold;
  }

  /**
   * The machine of `node` is back without its containers. The node is Ready, and terminating pods end at once. Pods that are still bound to
   * it are not Ready and start again, but those with restart policy Never have failed.
   */
  start(node: Node): void {
    this.cluster.updateNode(node, { isPosting: true, ready: 'True' });
    for (const pod of [...node.pods]) {
      if (pod.isTerminating) this.release(pod);
      else this.restart(pod);
    }
    this.volumes?.start(node);
  }

  /** Goes on with `pod`, which is bound to `node` when that is given. */
  private take(pod: Pod, node?: Node): void {
    if (pod.nodeName === undefined) return;
    if (pod.isTerminating) this.planExit(pod);
    else if (pod.phase === 'Pending') this.react(pod, node);
  }

  private mount(course: PodCourse): void {
    const { pod } = course;
    const node = course.boundTo ?? this.cluster.nodeOf(pod);
    if (!node?.isPosting || (this.shuttingDown.size > 0 && this.shuttingDown.has(node))) return;
    const mount = this.volumes?.mount(pod, node, this.whenWaited.mounted);
    if (mount) this.expect(course, mount);
    else this.pullTo(node, course);
  }

  private pull(course: PodCourse): void {
    const node = this.runningNodeOf(course.pod);
    if (node) this.pullTo(node, course);
  }

  private pullTo(node: Node, course: PodCourse): void {
    const pull = this.pulls.pull(course.pod, node, this.whenWaited.pulled);
    if (pull) this.expect(course, pull);
    else this.startContainers(course);
  }

  private startContainers(course: PodCourse): void {
    const time = this.timing.start?.(course.pod) ?? ZERO;
    if (time === ZERO) this.run(course);
    else this.happen(course, this.steps.running, after(this.sim.now, time));
  }

  private run(course: PodCourse): void {
    this.cluster.setPodPhase(course.pod, 'Running');
    course.since = this.sim.now;
    if (this.starts) this.contend(course, this.starts);
    else this.live(course, this.timing, this.plainStart);
  }

  /** Plans the life of a pod as if it never answered, until its share of the CPU lets it; its probes may kill it before. */
  private contend(course: PodCourse, starts: StartContention): void {
    const { pod, since } = course;
    const timing = drawnOnce(pod, this.timing);
    const start = { ...this.plainStart, probeOffset: drawnOncePerProbe(this.plainStart.probeOffset) };
    const liveWith = (time: Duration) => this.live(course, { ...timing, ready: () => time }, start);
    const work = timing.ready(pod);
    const node = this.runningNodeOf(pod);
    const done = () => {
      this.callOff(course);
      liveWith(between(since, this.sim.now));
    };
    const isContended = node !== undefined && work !== ZERO && work !== NEVER;
    liveWith(isContended ? NEVER : work);
    if (isContended) starts.begin({ pod, node, work, done });
  }

  private live(course: PodCourse, timing: KubeletTiming, start: Start): void {
    const readyAfter = drawLife(course, timing, start);
    if (course.pod.ready || (course.end && course.end.after <= readyAfter)) this.goOn(course);
    else this.happen(course, this.steps.ready, after(course.since, readyAfter));
  }

  /** Running containers have nothing ahead but to end by themselves; a start that shares the CPU returns to its plan. */
  private goOn(course: PodCourse): void {
    if (course.end) this.happen(course, this.steps[course.end.phase], after(course.since, course.end.after));
    else if (!this.starts) this.leaveAlone(course);
  }

  private probeOffset(pod: Pod, period: Duration): Duration {
    return milliseconds(Math.floor(this.sim.stream('probe', pod.key).next() * period));
  }

  private makeReady(course: PodCourse): void {
    this.noteGates(course.pod);
    this.cluster.markPodReady(course.pod, this.sim.now);
    this.goOn(course);
  }

  /** The readiness gates of `pod` are true from now on. */
  private noteGates(pod: Pod): void {
    if (pod.podClass.isGated) this.openGates.add(pod);
  }

  private leave(course: PodCourse, phase: OwnEnd['phase']): void {
    const { pod } = course;
    this.starts?.stop(pod);
    this.cluster.markPodUnready(pod, this.sim.now);
    if (phase === 'Succeeded' || pod.spec.restartPolicy === 'Never') this.cluster.setPodPhase(pod, phase);
    else this.recover(course);
  }

  /** Starts failed containers once more, after their back-off. */
  private recover(course: PodCourse): void {
    const wait = this.crashes.wait(course.pod, this.sim.now);
    if (wait > ZERO) this.cluster.recordEvent(`Pod/${course.pod.key}`, 'BackOff', 'Back-off restarting failed container');
    this.happen(course, this.steps.restart, after(this.sim.now, wait));
  }

  private planExit(pod: Pod): void {
    if (!pod.termination || !this.runningNodeOf(pod)) return;
    const { requestedAt, gracePeriodSeconds } = pod.termination;
    const course = this.courses.of(pod);
    if (course.noticedAfter === undefined) {
      course.noticedAfter = between(requestedAt, this.sim.now);
      course.own = this.timing.exit(pod);
    }
    course.grace = seconds(gracePeriodSeconds);
    const hasContainers = pod.phase !== 'Pending' && !pod.isFinished && !this.volumes?.isWaiting(pod);
    const endsAt = hasContainers ? after(requestedAt, terminationTime(this.stopHooks.of(pod.podClass), course)) : this.sim.now;
    this.starts?.stop(pod);
    this.happen(course, this.steps.exit, Math.max(this.sim.now, endsAt) as Instant);
  }

  private end(course: PodCourse): void {
    const { pod } = course;
    const unmountTime = this.volumes?.unmountTime(pod) ?? ZERO;
    if (unmountTime === ZERO) this.release(pod);
    else {
      this.cluster.markPodUnready(pod, this.sim.now);
      this.happen(course, this.steps.unmounted, after(this.sim.now, unmountTime));
    }
  }

  /** Releases the volumes of `pod` and ends its deletion; the course is forgotten when the cluster tells of that. */
  private release(pod: Pod): void {
    if (this.killed.size > 0) this.settleKill(pod);
    this.volumes?.release(pod);
    endDeletion(this.cluster, pod, this.sim.now);
  }

  private failKilled({ pod }: PodCourse, reason: NonNullable<Pod['killedFor']>): void {
    this.cluster.markPodUnready(pod, this.sim.now);
    this.cluster.failKilled(pod, reason);
  }

  private restart(pod: Pod): void {
    this.cluster.markPodUnready(pod, this.sim.now);
    if (pod.spec.restartPolicy === 'Never' && pod.phase === 'Running') this.cluster.setPodPhase(pod, 'Failed');
    else this.mount(this.courses.of(pod));
  }

  /** The node that runs `pod`; undefined while its kubelet is stopped. */
  private runningNodeOf(pod: Pod): Node | undefined {
    const node = this.cluster.nodeOf(pod);
    return node?.isPosting ? node : undefined;
  }

  private silence(node: Node): readonly UnreportedUnmount[] {
    node.pods.forEach((pod) => void this.forget(pod));
    this.pulls.stop(node);
    return this.volumes?.stop(node) ?? [];
  }

  private react(pod: Pod, node: Node | undefined): void {
    const course = this.courses.of(pod);
    course.boundTo = node;
    this.happen(course, this.steps.react, this.sim.now);
  }

  /** Lets the next thing happen to a pod; at NEVER nothing does. */
  private happen(course: PodCourse, step: EventKind<PodCourse>, at: Instant): void {
    if (at === NEVER) return;
    this.callOff(course);
    course.next = this.sim.expect(step, course, course.pod.key, at);
  }

  /** Waits for volumes or images of a pod. */
  private expect(course: PodCourse, handle: EventHandle): void {
    this.callOff(course);
    course.waitsFor = handle;
  }

  private callOff(course: PodCourse): void {
    if (course.next !== NO_EVENT) this.sim.callOff(course.next);
    course.next = NO_EVENT;
    course.waitsFor?.cancel();
    course.waitsFor = undefined;
  }

  /** Nothing more happens to a pod until someone makes it. */
  private leaveAlone(course: PodCourse): void {
    this.callOff(course);
    this.courses.end(course);
  }

  private forget(pod: Pod): void {
    const course = this.courses.get(pod);
    if (course !== undefined) this.leaveAlone(course);
    if (!this.crashes.isEmpty) this.crashes.forget(pod);
    this.starts?.stop(pod);
    if (this.killed.size > 0) this.settleKill(pod);
  }

  private settleKill(pod: Pod): void {
    const done = this.killed.get(pod);
    this.killed.delete(pod);
    if (done && this.volumes) this.volumes.whenUnmounted(pod, done);
    else done?.();
  }

  /** Each has a handler of its own, which the engine can compile into one piece with what it calls. */
  private makeSteps(): Steps {
    const restart = (course: PodCourse) => {
      this.crashes.next(course.pod, this.sim.now);
      this.pull(course);
    };
    return {
      react: eventKind({ name: 'kubelet', phase: 'React', fire: (course) => this.mount(stepCame(course)) }),
      running: eventKind({ name: 'podRunning', phase: 'Change', fire: (course) => this.run(stepCame(course)) }),
      ready: eventKind({ name: 'podReady', phase: 'Change', fire: (course) => this.makeReady(stepCame(course)) }),
      Succeeded: eventKind({ name: 'podComplete', phase: 'Change', fire: (course) => this.leave(stepCame(course), 'Succeeded') }),
      Failed: eventKind({ name: 'podCrash', phase: 'Change', fire: (course) => this.leave(stepCame(course), 'Failed') }),
      restart: eventKind({ name: 'podRestart', phase: 'Change', fire: (course) => restart(stepCame(course)) }),
      exit: eventKind({ name: 'podExit', phase: 'Change', fire: (course) => this.end(stepCame(course)) }),
      shutdown: eventKind({ name: 'podExit', phase: 'Change', fire: (course) => this.failKilled(stepCame(course), 'shutdown') }),
      expired: eventKind({ name: 'podExit', phase: 'Change', fire: (course) => this.failKilled(stepCame(course), 'deadline') }),
      unmounted: eventKind({ name: 'podUnmounted', phase: 'Change', fire: (course) => this.release(stepCame(course).pod) }),
    };
  }
}

/** Takes note that the planned step of `course` has come: nothing is planned any more. */
function stepCame(course: PodCourse): PodCourse {
  course.next = NO_EVENT;
  return course;
}

/** What can happen to a pod, each the beginning of its next step. */
type Steps = Readonly<
  Record<'react' | 'running' | 'ready' | OwnEnd['phase'] | 'restart' | 'exit' | 'shutdown' | 'expired' | 'unmounted', EventKind<PodCourse>>
>;
