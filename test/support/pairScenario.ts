/** A scenario of three nodes and one Deployment `web`, reset one node at a time; its objective is that nothing is ever down. */
export function pairScenario({ replicas, budget }: { replicas: number; budget?: string }): string {
  return `
apiVersion: rollcast/v1
kind: Scenario
metadata: {name: pair}
spec:
  cluster:
    nodePools:
      - {name: workers, nodes: 3, allocatable: {cpu: "4", memory: 16Gi, pods: 20}}
    workloads:
      - {name: web, kind: Deployment, replicas: ${replicas}, requests: {cpu: 500m, memory: 1Gi}${budget ? `, budget: ${budget}` : ''}}
  timing: {nodes: [{reset: {uniform: {min: 5m, max: 10m}, origin: assumed}}]}
  roll: {preset: cce-sync, pool: workers, maxUnavailable: 1}
  objectives: [{name: no outage, workloads: all, maxOutage: 0s}]
`;
}
