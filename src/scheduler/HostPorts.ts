import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Container, ContainerPort, PodSpec } from '../cluster/PodSpec.ts';

/** The host ports in use on a node, counted, so that a pod can be taken out again. */
export class HostPorts {
  /** By port; undefined until one is in use: on most nodes none ever is. */
  private addresses: Map<string, Map<string, number>> | undefined = undefined;

  add(port: ContainerPort): void {
    this.count(port, 1);
  }

  remove(port: ContainerPort): void {
    this.count(port, -1);
  }

  /** Whether `wanted` is in use on its address, where 0.0.0.0 stands for every address. */
  conflictsWith(wanted: ContainerPort): boolean {
    const inUse = this.addresses?.get(portKey(wanted));
    if (!inUse) return false;
    const address = addressOf(wanted);
    return address === ANY_ADDRESS || inUse.has(ANY_ADDRESS) || inUse.has(address);
  }

  private count(port: ContainerPort, change: 1 | -1): void {
    this.addresses ??= new Map();
    const key = portKey(port);
    const inUse = this.addresses.get(key) ?? new Map<string, number>();
    const address = addressOf(port);
    const uses = (inUse.get(address) ?? 0) + change;
    if (uses > 0) inUse.set(address, uses);
    else inUse.delete(address);
    if (inUse.size > 0) this.addresses.set(key, inUse);
    else this.addresses.delete(key);
  }
}

/**
 * The host ports that a pod wants; from 1.34 on also those of its sidecars.
 * @see kubernetes/kubernetes pkg/scheduler/util/utils.go (GetHostPorts)
 */
export function hostPortsOf(spec: PodSpec, version: KubernetesVersion): readonly ContainerPort[] {
  const ports = hostPortsIn(spec.containers);
  if (spec.initContainers.length === 0 || version === '1.33') return ports;
  return [...ports, ...hostPortsIn(spec.initContainers.filter((container) => container.restartPolicy === 'Always'))];
}

function hostPortsIn(containers: readonly Container[]): ContainerPort[] {
  const ports: ContainerPort[] = [];
  for (const container of containers) for (const port of container.ports) if (port.hostPort > 0) ports.push(port);
  return ports;
}

const ANY_ADDRESS = '0.0.0.0';

function addressOf(port: ContainerPort): string {
  return port.hostIP === '' ? ANY_ADDRESS : port.hostIP;
}

function portKey(port: ContainerPort): string {
  return `${port.protocol === '' ? 'TCP' : port.protocol}/${port.hostPort}`;
}
