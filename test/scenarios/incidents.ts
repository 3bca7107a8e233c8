/** What one incident scenario shows under any seed (an incident of chance: under any with which it fails); its twin shows none of it. */
export interface Incident {
  /** File name without `.yaml`. */
  readonly name: string;
  /** The objectives that fail, with a part of the evidence; all others hold, and in the twin all. */
  readonly fails?: Readonly<Record<string, string | RegExp>>;
  /**
   * Lines that are printed: findings as `CODE Object: message`, `ends OUTCOME`, `pods wait: MESSAGE`, `outage of WORKLOAD: TIME`,
   * `wasted moves of WORKLOAD: NUMBER`.
   */
  readonly shows?: readonly RegExp[];
  /** For incidents of chance: under how many of the seeds 1 to 20 an objective fails, at least and at most. */
  readonly seedsThatFail?: readonly [number, number];
}

const STUCK = { 'the roll completes': 'the roll ended as stuck' };

/** Every file of `scenarios/incidents`; the figures are those that its opening comment derives. */
export const incidents: readonly Incident[] = [
  {
    name: 'p01-zero-allowance',
    fails: STUCK,
    shows: [
      /^BUDGET_NEVER_ALLOWS PodDisruptionBudget\/default\/flags/,
      /^BUDGET_STUCK PodDisruptionBudget\/default\/flags: it refuses default\/flags-\S+ on workers-\d .*: 1 of 1 pods healthy, 1 needed, 0 disruptions allowed$/,
      /^NODE_STUCK Node\/workers-\d/,
    ],
  },
  { name: 'p02-night-floor', fails: { 'done in two hours': 'the roll takes 7h' } },
  {
    name: 'p03-rounds-to-nothing',
    fails: STUCK,
    shows: [/^BUDGET_NEVER_ALLOWS/, /^BUDGET_STUCK .*: 3 of 3 pods healthy, 3 needed, 0 disruptions allowed$/],
  },
  {
    name: 'p04-two-budgets',
    fails: STUCK,
    shows: [
      /^TWO_BUDGETS Deployment\/default\/gateway/,
      /^EVICTION_FAILS Pod\/default\/gateway-\S+: .*\(default\/everything, default\/gateway\)/,
    ],
  },
  {
    name: 'p05-crash-loop',
    fails: { 'done in an hour': 'is not over' },
    shows: [/^ends stuck$/, /^BUDGET_STUCK .*: 0 of 2 pods healthy, 1 needed, 0 disruptions allowed; not healthy: default\/broken-a/],
  },
  {
    name: 'p06-spent-elsewhere',
    fails: { 'done in an hour': 'is not over' },
    shows: [
      /^ends stuck$/,
      /^BUDGET_STUCK .*refuses default\/queue-a on workers-1 .*; not healthy: default\/queue-c \(not Ready on workers-3\)$/,
    ],
  },
  {
    name: 'p07-crossed-budgets',
    fails: { ...STUCK, 'no pod has to wait for a node': 'up to 2 pods' },
    shows: [
      /^WAIT_FOR_CYCLE .*the drain of workers-1 waits for .*such as workers-2; the drain of workers-2 waits for .*such as workers-1$/,
    ],
  },
  {
    name: 'p08-all-cordoned-first',
    fails: { ...STUCK, 'no pod has to wait for a node': 'up to 1 pod' },
    shows: [/^WAIT_FOR_CYCLE Node\/workers-1/, /^BUDGET_STUCK .*: 5 of 6 pods healthy, 5 needed/],
  },
  {
    name: 'p09-cordon-wave',
    fails: { 'no pod waits for room': '2 pods pending' },
    shows: [/^pods wait: 0\/8 nodes are available: 3 Insufficient cpu, 5 node\(s\) were unschedulable/],
  },
  {
    name: 'p10-three-pools-at-once',
    fails: { 'nobody is killed against a budget': '2 pods', 'no outage': 'default/app' },
    shows: [/^BUDGET_VIOLATED Node\/workers-\d: 1 pod was killed .* against default\/app/],
  },
  // Of the lognormal with median 7 ms and 95th percentile 166 ms, 43 % is above 10 ms.
  {
    name: 'p11-stale-budget',
    fails: { 'two replicas serve all the time': 'default/web' },
    seedsThatFail: [3, 14],
  },
  {
    name: 'p12-selects-nothing',
    fails: { 'no outage': 'default/shop' },
    shows: [/^BUDGET_SELECTS_NOTHING PodDisruptionBudget\/default\/shop/],
  },
  { name: 'p13-primary', fails: STUCK, shows: [/^BUDGET_NEVER_ALLOWS/, /^BUDGET_STUCK .*refuses default\/pg-primary-0/] },
  {
    name: 'p14-storage-engine',
    fails: { 'the roll ends': 'is not over' },
    shows: [/^BUDGET_NEVER_ALLOWS/, /^BUDGET_STUCK PodDisruptionBudget\/default\/engine-1/],
  },
  {
    name: 'p15-dead-member',
    fails: { 'the roll ends': 'is not over' },
    shows: [/^BUDGET_STUCK PodDisruptionBudget\/default\/osd: .*; not healthy: default\/osd-3-\S+ \(pending\)$/, /^PENDING_BEFORE/],
  },
  {
    name: 'p16-wait-for-the-job',
    fails: { 'the roll completes': 'failed' },
    shows: [/^NODE_FAILED Node\/workers-1: .*its drain waited 15m for default\/e2e$/, /^NODE_NOT_STARTED/],
  },
  {
    name: 'p17-an-hour-under-budgets',
    fails: { 'nobody is killed against a budget': '2 pods', 'two members serve all the time': 'below its floor for 7m at a time' },
    shows: [
      /^RECOVERY_OUTLASTS_DRAIN PodDisruptionBudget\/default\/scylla: .* Ready again 1h 15m .* over after 1h 8m .* killed against it$/,
      /^BUDGET_VIOLATED Node\/workers-2: 1 pod was killed .* against default\/scylla; its drain waited 1h for default\/scylla$/,
    ],
  },
  // The first drain that is over too early is that of workers-2: there the group goes under.
  {
    name: 'p18-deadline-before-start',
    fails: { 'the group keeps its budget': 'below its floor for 2m at a time' },
    shows: [
      /^RECOVERY_OUTLASTS_DRAIN PodDisruptionBudget\/default\/search: .* Ready again 15m .* over after 13m \(3m until it begins, 10m of drain\)/,
      /^BUDGET_VIOLATED Node\/workers-2: .* its drain waited 10m for default\/search$/,
    ],
  },
  {
    name: 'p19-left-cordoned',
    fails: { 'the roll completes': 'failed' },
    shows: [
      /^NODE_FAILED Node\/workers-\d: .*its drain waited .*default\/strict/,
      /^NODE_NOT_STARTED/,
      /^NODES_LEFT_CORDONED Cluster: 1 of 4 nodes takes no pods when the roll is over \(workers-\d\): 4 of 16 CPU/,
    ],
  },
  {
    name: 'p20-dead-node',
    fails: { 'the roll ends': 'is not over' },
    shows: [/^BUDGET_STUCK .*: 0 of 1 pods healthy, 1 needed, 0 disruptions allowed/, /^NODE_STUCK Node\/dead-1/, /^OUTAGE_NEVER_ENDS/],
  },
  {
    name: 'p21-deadline-against-quorum',
    fails: { 'two zones have the data': 'below its floor for 20m at a time' },
    shows: [/^RECOVERY_OUTLASTS_DRAIN PodDisruptionBudget\/default\/osd/, /^BUDGET_VIOLATED Node\/workers-2: .* against default\/osd/],
  },
  // About five pods move, each with a chance of one in ten to hang: two rolls of five.
  {
    name: 'p24-unmount-hangs',
    fails: { 'the roll ends': 'is not over' },
    shows: [/^POD_NEVER_ENDS Pod\/default\/files-\d: it has been terminating on workers-\d since/, /^NODE_STUCK/],
    seedsThatFail: [2, 15],
  },
  { name: 'p25-grace-lost', shows: [/^GRACE_CUT_SHORT Deployment\/default\/broker: its pods ask for 120 s .* they are killed at once$/] },
  {
    name: 'p26-same-name',
    fails: { 'the ledger is back within a minute': '8m 12s of outage' },
    shows: [/^pods wait: .*didn't match Pod's node affinity/],
  },
  {
    name: 'p27-unmanaged',
    fails: { 'the roll completes': 'failed' },
    shows: [
      /^NODE_FAILED .*: cannot delete cannot delete Pods that declare no controller \(use --force to override\): default\/debug/,
      /^NODE_FAILED .*: cannot delete Pods with local storage \(use --delete-emptydir-data to override\): default\/cache-/,
    ],
  },
  {
    name: 'p28-one-per-node',
    fails: { 'no pod has to wait for a node': 'up to 1 pod' },
    shows: [/^pods wait: 0\/3 nodes are available: 1 node\(s\) were unschedulable, 2 node\(s\) didn't match pod anti-affinity rules/],
  },
  {
    name: 'p29-empty-domain',
    fails: { 'no pod has to wait for a node': 'up to ' },
    shows: [
      /^pods wait: 0\/3 nodes are available: 1 node\(s\) were unschedulable, 2 node\(s\) didn't match pod topology spread constraints/,
    ],
  },
  {
    name: 'p30-both-in-one-zone',
    fails: { 'no outage': 'Deployment default/api has 10s of outage' },
    shows: [/^outage of api: 10s$/],
  },
  {
    name: 'p31-spread-against-volume',
    fails: { 'nothing is left pending': '1 pod never scheduled' },
    shows: [
      /^POD_NEVER_SCHEDULED Pod\/default\/store-3: .*: 2 node\(s\) didn't match PersistentVolume's node affinity, 2 node\(s\) didn't match pod topology spread/,
    ],
  },
  {
    name: 'p32-last-node-of-zone',
    fails: { 'the database is back within a minute': '8m 12s of outage' },
    shows: [/^pods wait: .*2 node\(s\) didn't match PersistentVolume's node affinity/],
  },
  {
    name: 'p33-stolen-slot',
    fails: { 'nothing is left pending': '1 pod never scheduled' },
    shows: [/^POD_NEVER_SCHEDULED Pod\/default\/index-0/, /^OUTAGE_NEVER_ENDS StatefulSet\/default\/index/],
  },
  {
    name: 'p34-no-room',
    fails: { 'no pod has to wait for a node': 'up to 1 pod' },
    shows: [/^CAPACITY_TOO_SMALL Cluster\/cpu: pods ask for 4500m of cpu, and 4 are left/, /^pods wait: .*2 Insufficient cpu/],
  },
  {
    name: 'p37-volume-slots',
    fails: { 'no pod waits for room': '2 pods' },
    shows: [/^pods wait: .*1 node\(s\) exceed max volume count/],
  },
  {
    name: 'p38-pod-slots',
    fails: { 'no pod has to wait for a node': 'up to 8 pods' },
    shows: [
      /^CAPACITY_TOO_SMALL Cluster\/pods: pods need 28 places, and 20 are left while 2 of 4 nodes are away$/,
      /^pods wait: .*2 Too many pods/,
    ],
  },
  {
    name: 'p39-host-port',
    fails: { 'no pod has to wait for a node': 'up to 1 pod' },
    shows: [/^pods wait: .*2 node\(s\) didn't have free ports for the requested pod ports/],
  },
  // Three nodes with a chance of one in five: 49 % of all rolls.
  {
    name: 'p40-accelerators-missing',
    fails: { 'nothing is left pending': /^[123] pods? never scheduled$/ },
    shows: [/^POD_NEVER_SCHEDULED Pod\/default\/trainer-\S+: .*Insufficient nvidia\.com\/gpu/],
    seedsThatFail: [4, 16],
  },
  {
    name: 'p41-lost-topology',
    fails: { 'nothing is left pending': '1 pod never scheduled' },
    shows: [/^POD_NEVER_SCHEDULED Pod\/default\/db-0: .*3 node\(s\) didn't match PersistentVolume's node affinity/],
  },
  { name: 'p42-collected-on-one', fails: { 'no workload of two or more replicas has an outage': '30s of outage' }, shows: [/^NO_BUDGET/] },
  {
    name: 'p43-dns-on-one-node',
    fails: { 'no workload of two or more replicas has an outage': 'ReplicaSet kube-system/coredns has 10s of outage' },
    shows: [/^outage of coredns: 10s$/],
  },
  { name: 'p44-single-replica', fails: { 'no outage': '25s of outage' }, shows: [/^SINGLE_REPLICA/] },
  { name: 'p45-moved-again', shows: [/^wasted moves of session: [1-9]/] },
  {
    name: 'p46-empty-last-node',
    shows: [/^NODES_LEFT_EMPTY Cluster: 1 of 3 nodes had pods before and has none when the roll is over \(workers-3\)/],
  },
  { name: 'p47-batch-across-zones', fails: { 'no outage': 'default/pair has 10s of outage' } },
  {
    name: 'p48-left-the-balancer',
    fails: { 'every request is served': 'unserved requests' },
    shows: [/^REQUESTS_MISSED Deployment\/default\/ingress: [\d,]+ requests .* leave a pod out 3m 1s after it begins to terminate$/],
  },
  {
    name: 'p49-limit-not-honoured',
    fails: { 'no pod has to wait for a node': 'up to 6 pods', 'no workload of two or more replicas has an outage': 'default/batch' },
    shows: [/^CAPACITY_TOO_SMALL Cluster\/cpu/, /^pods wait: .*node\(s\) were unschedulable/, /^BUDGET_VIOLATED Node\/workers-\d/],
  },
  {
    name: 'p51-six-minutes',
    fails: { 'the database is back within two minutes': '6m 2' },
    shows: [/^UNMOUNT_NOT_REPORTED Node\/workers-\d/],
  },
  {
    name: 'p52-ready-before-network',
    fails: { 'every service is back within a minute': 'ReplicaSet default/single has 3m 10s of outage' },
    shows: [/^outage of single: 3m/],
  },
  { name: 'p53-pull-storm', fails: { 'nobody is short of pods for more than three minutes': '3 workloads in all over the limit' } },
  // Eighteen starts of 2 CPU and 20 s on 8 CPUs: 90 s, where the probe allows 60 s.
  {
    name: 'p54-start-up-stampede',
    fails: { 'nobody is short of pods for more than three minutes': / has [4-9]m (\d+s )?of degraded service/ },
  },
  // Eight nodes with a chance of one in ten: 57 % of all rolls lose one.
  {
    name: 'p55-does-not-come-back',
    fails: { 'every node takes its time and no more': /takes [12]h \d+m, with [1-4] of 8 nodes not back in service$/ },
    shows: [/^ends failed$/, /^NODE_FAILED Node\/workers-\d: .*did not become Ready in time/],
    seedsThatFail: [5, 17],
  },
  // The second broker goes at 5 min 17 s, when the first has been Ready for 5 s, and has its copy at 40 min 29 s.
  {
    name: 'p56-not-in-sync',
    fails: { 'two copies are there all the time': 'without its quorum of 2 for 35m 12s' },
    shows: [/^QUORUM_LOST StatefulSet\/default\/broker: fewer than the 2 that it needs were Ready and in sync for 35m 12s, at worst none$/],
  },
  // Four moves, each of which costs a quarter of 100 requests per second for 151 - 30 s: 12,100 in 8 min 4 s.
  {
    name: 'p58-slow-balancer',
    fails: { 'every request is served': '12,100 unserved requests' },
    shows: [
      /^REQUESTS_MISSED Deployment\/default\/web: 12,100 requests were sent to pods that had ended, for 8m 4s in all: .* 2m 31s after/,
    ],
  },
  {
    name: 'p62-jobs-lost',
    fails: { 'somebody renders all the time': 'Job default/render' },
    shows: [/^JOB_GAVE_UP Job\/default\/render/, /^JOB_WORK_LOST Job\/default\/render: \d pods were ended before being done/],
  },
  // Twelve resets of 5 min in the mean, with a deviation of 1 min each.
  { name: 'p63-takes-too-long', fails: { 'done before the time-out': 'the roll takes 1h' }, seedsThatFail: [4, 16] },
  {
    name: 'p65-pauses-that-cannot-fit',
    fails: { 'inside the window': '6h 40m' },
    shows: [/^WINDOW_TOO_SHORT .* 4 nodes with maxUnavailable 1 take at least 6h 40m, and the roll has 5h$/],
  },
  { name: 'p66-no-pause', fails: { 'somebody serves all the time': '1m 58s of outage' } },
  {
    name: 'p67-estimated-too-long',
    fails: { 'short enough to be started': /^the roll takes 28h \d+m/ },
    shows: [/^WINDOW_TOO_SHORT .* 200 nodes with maxUnavailable 1 take at least 26h 40m, and the roll has 24h$/],
  },
];
