import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import type { HorizontalPodAutoscaler } from '../cluster/HorizontalPodAutoscaler.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import { type Workload, workloadKey } from '../cluster/Workload.ts';
import { disputedTargets } from '../controllers/disputedTargets.ts';
import { cpuRequest } from '../controllers/measurePods.ts';
import { toleranceOf } from '../controllers/toleranceOf.ts';
import { formatCount } from '../units.ts';
import { demandFor } from './demandFor.ts';
import type { Reading } from './Reading.ts';
import type { Demand, Finding, NotModelled, Scenario } from './Scenario.ts';

/** The inputs that determine whether an autoscaler has any effect. */
type Circumstances = Pick<Scenario, 'demand' | 'kubernetesVersion'>;

/**
 * Reports autoscalers without effect. Those whose workload has no demand, or that use other metrics than CPU, are listed as not modelled;
 * warned of are one whose workload does not exist or has others as well, and one that can never add a replica.
 */
export function checkAutoscalers(
  reading: Reading,
  { autoscalers, workloads }: ClusterObjects,
  { demand, kubernetesVersion }: Circumstances,
): void {
  const targets = new Map(workloads.map((workload) => [workloadKey(workload), workload]));
  const targetOf = ({ namespace, target }: HorizontalPodAutoscaler) => targets.get(workloadKey({ namespace, ...target }));
  const disputed = disputedTargets(autoscalers);
  for (const autoscaler of autoscalers) {
    if (!isScalable(targetOf(autoscaler))) warnOfTarget(reading, autoscaler);
    else if (disputed.has(workloadKey({ namespace: autoscaler.namespace, ...autoscaler.target }))) warnOfOthers(reading, autoscaler);
  }
  const working = autoscalers.filter((autoscaler) => hasDemand(demand, targetOf(autoscaler)));
  for (const autoscaler of working) {
    const problem = whyNeverUp(autoscaler, targetOf(autoscaler), kubernetesVersion);
    if (problem) warn(reading, autoscaler, { code: 'AUTOSCALER_NEVER_ADDS', ...problem });
  }
  noteAll(reading, autoscalers.length - working.length, {
    what: 'HorizontalPodAutoscaler without demand for its workload: replica counts stay as they are',
    direction: 'pessimistic',
  });
  const partly = working.filter(({ cpu, otherMetrics }) => cpu === undefined || otherMetrics.length > 0);
  const names = [...new Set(partly.flatMap(({ otherMetrics }) => otherMetrics))].sort();
  noteAll(reading, partly.length, {
    what: `HorizontalPodAutoscaler metrics other than CPU: ${names.join(', ')}`,
    direction: 'pessimistic',
  });
}

function isScalable(workload: Workload | undefined): boolean {
  return workload !== undefined && 'replicas' in workload;
}

function warnOfTarget(reading: Reading, autoscaler: HorizontalPodAutoscaler): void {
  warn(reading, autoscaler, {
    code: 'AUTOSCALER_WITHOUT_TARGET',
    message: `scales ${nameOfTarget(autoscaler)}, which is not there or has no replicas to set`,
    hint: 'compare scaleTargetRef with the workloads of the namespace',
  });
}

function warnOfOthers(reading: Reading, autoscaler: HorizontalPodAutoscaler): void {
  warn(reading, autoscaler, {
    code: 'AUTOSCALER_NOT_ALONE',
    message: `scales ${nameOfTarget(autoscaler)}, as another one does: neither reads its metrics (AmbiguousSelector)`,
    hint: 'leave one autoscaler for each workload, with all of its metrics',
  });
}

function warn(reading: Reading, { namespace, name }: HorizontalPodAutoscaler, finding: Pick<Finding, 'code' | 'message' | 'hint'>): void {
  reading.warnings.push({ ...finding, severity: 'warning', object: `HorizontalPodAutoscaler/${namespace}/${name}` });
}

function nameOfTarget({ namespace, target }: HorizontalPodAutoscaler): string {
  return `${target.kind}/${namespace}/${target.name}`;
}

/** Why `autoscaler` would not add replicas under any load; undefined when it would, or when it uses no CPU metric. */
function whyNeverUp(
  autoscaler: HorizontalPodAutoscaler,
  workload: Workload | undefined,
  version: KubernetesVersion,
): Pick<Finding, 'message' | 'hint'> | undefined {
  const { cpu } = autoscaler;
  if (!cpu || !workload) return undefined;
  const request = cpuRequest(workload.template.spec, cpu.container);
  if (request === 0 && cpu.container !== undefined) {
    return {
      message: `its pods have no container ${cpu.container} that requests CPU, so that its use is not known: the replicas stay as they are`,
      hint: 'compare the container of the metric with those of the workload, and give it resources.requests.cpu',
    };
  }
  if (request === 0) {
    return {
      message: 'a container of its pods requests no CPU, so that their use is not known: the replicas stay as they are',
      hint: 'give resources.requests.cpu to every container',
    };
  }
  const threshold = 1 + toleranceOf(autoscaler, version).up;
  const [busy, target, unit] = cpu.kind === 'utilization' ? [100, cpu.percent, '%'] : [request, cpu.milliCpu, 'm'];
  if (busy > target * threshold) return undefined;
  return {
    message:
      `adds replicas at a use of more than ${Number((target * threshold).toFixed(1))}${unit}, and pods that are fully busy are taken to use ` +
      `their CPU request, ${busy}${unit}, and no more: it never adds any, whatever the demand`,
    hint: `lower the target to ${Math.ceil(busy / threshold) - 1}${unit} or less; that pods use more than they request is not modelled`,
  };
}

function hasDemand(demand: readonly Demand[], workload: Workload | undefined): boolean {
  return workload !== undefined && demandFor(demand, { ...workload, labels: workload.template.labels }) !== undefined;
}

function noteAll(reading: Reading, count: number, { what, direction }: NotModelled): void {
  if (count > 0) reading.notModelled.push({ what: `${what} (${formatCount(count)})`, direction });
}
