import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { ContainerPort, PodSpec } from '../../cluster/PodSpec.ts';
import { HostPorts, hostPortsOf } from '../../scheduler/HostPorts.ts';
import type { Remedy } from './Remedy.ts';

/** A host port becomes free when the pod that holds it goes elsewhere. */
export const hostPortRemedy: Remedy = {
  plugin: 'NodePorts',
  nextChange({ cluster, pod, state: { version } }, name) {
    const node = cluster.nodes.get(name);
    const wanted = hostPortsOf(pod.spec, version);
    for (const other of node?.pods ?? []) {
      const port = wanted.find((one) => isHeldBy(other.spec, one, version));
      if (!port) continue;
      const text = `free host port ${port.hostPort}/${port.protocol || 'TCP'}: ${other.key} holds it`;
      return { kind: 'moveAway', text, apply: (one) => one.takeAway(other.key) };
    }
    return undefined;
  },
};

function isHeldBy(spec: PodSpec, wanted: ContainerPort, version: KubernetesVersion): boolean {
  const held = new HostPorts();
  for (const port of hostPortsOf(spec, version)) held.add(port);
  return held.conflictsWith(wanted);
}
