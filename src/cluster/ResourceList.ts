/**
 * Amounts by resource name as Kubernetes writes them (`cpu`, `memory`, `ephemeral-storage`, `pods`, `nvidia.com/gpu`).
 * `cpu` is in thousandths of a CPU, everything else in whole units (bytes, pods, devices).
 */
export type ResourceList = Readonly<Record<string, number>>;

/** The amount of `resource` in `list`, 0 when it is not there. */
export function amountOf(list: ResourceList, resource: string): number {
  return list[resource] ?? 0;
}
