/** A small scenario with comments, as `rollcast init` writes it. It runs as it stands. */
export const STARTER_SCENARIO = `# A first scenario: what does a reset of six nodes, two at a time, do to two workloads?
# rollcast run FILE forecasts it; rollcast schema prints all that may be written here.
apiVersion: rollcast/v1
kind: Scenario
metadata:
  name: first-roll
  description: Reset the worker pool, two nodes at a time
spec:
  seed: "1"                                    # every random number follows from it
  start: 2026-01-05T01:00:00[Europe/Berlin]    # wall clock at the first cordon
  kubernetesVersion: "1.34"

  cluster:
    # load: [cluster.json]                     # your own cluster; roll.pool is then the pool that its labels name
    #   kubectl get nodes,pods,services,deployments,replicasets,statefulsets,daemonsets,jobs,cronjobs,replicationcontrollers,\\
    #   poddisruptionbudgets,horizontalpodautoscalers,priorityclasses,namespaces,persistentvolumes,persistentvolumeclaims,\\
    #   storageclasses,csinodes,csidrivers,volumeattachments --all-namespaces -o json > cluster.json
    nodePools:                                 # or nodes that exist only on paper: workers-1 to workers-6
      - name: workers
        nodes: 6
        zones: [a, b, c]
        allocatable: {cpu: 3900m, memory: 14Gi, pods: 110}
    workloads:                                 # short form; objects: takes Kubernetes objects as they are
      - name: shop
        kind: Deployment
        replicas: 6
        requests: {cpu: 500m, memory: 1Gi}
        budget: {maxUnavailable: 1}
        spread: [{by: zone}]
      - name: orders
        kind: StatefulSet
        replicas: 3
        requests: {cpu: "1", memory: 2Gi}
        budget: {minAvailable: 2}
        antiAffinity: {by: hostname}

  timing:                                      # say where each figure comes from: measured, assumed or default
    nodes:
      - reset: {triangular: {min: 5m, mode: 8m, max: 15m}, origin: assumed}
    pods:
      - {match: {labels: {app: orders}}, ready: 40s, exit: 10s}
      - {ready: {logNormal: {median: 15s, p95: 45s}, origin: assumed}, exit: 5s}

  roll:
    preset: cce-sync                           # whose way to roll; rollcast presets lists all of them
    pool: workers
    maxUnavailable: 2

  objectives:
    - {name: no outage, workloads: all, maxOutage: 0s}
    - {name: done in an hour, maxDuration: 1h, probability: 0.95}
    - {name: nothing is left pending, maxNeverScheduled: 0}
`;
