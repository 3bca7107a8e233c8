/** What one incident scenario shows; its twin shows none of it. */
export interface Incident {
  /** File name without `.yaml`. */
  readonly name: string;
  /** The objectives that fail, with a part of the evidence; all others hold, and in the twin all. */
  readonly fails?: Readonly<Record<string, string>>;
  /** Lines that are printed: findings as `CODE Object: message`, `ends OUTCOME`, `pods wait: MESSAGE`, `outage of WORKLOAD: TIME`. */
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
    name: 'p20-dead-node',
    fails: { 'the roll ends': 'is not over' },
    shows: [/^BUDGET_STUCK .*: 0 of 1 pods healthy, 1 needed, 0 disruptions allowed/, /^NODE_STUCK Node\/dead-1/, /^OUTAGE_NEVER_ENDS/],
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
    name: 'p31-spread-against-volume',
    fails: { 'nothing is left pending': '1 pods' },
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
    fails: { 'nothing is left pending': '1 pods' },
    shows: [/^POD_NEVER_SCHEDULED Pod\/default\/index-0/, /^OUTAGE_NEVER_ENDS StatefulSet\/default\/index/],
  },
  {
    name: 'p37-volume-slots',
    fails: { 'no pod waits for room': '2 pods' },
    shows: [/^pods wait: .*1 node\(s\) exceed max volume count/],
  },
  {
    name: 'p39-host-port',
    fails: { 'no pod has to wait for a node': 'up to 1 pod' },
    shows: [/^pods wait: .*2 node\(s\) didn't have free ports for the requested pod ports/],
  },
  // Three nodes with a chance of one in five: 49 % of all rolls.
  {
    name: 'p40-accelerators-missing',
    fails: { 'nothing is left pending': '1 pods' },
    shows: [/^POD_NEVER_SCHEDULED Pod\/default\/trainer-\S+: .*Insufficient nvidia\.com\/gpu/],
    seedsThatFail: [4, 16],
  },
  {
    name: 'p41-lost-topology',
    fails: { 'nothing is left pending': '1 pods' },
    shows: [/^POD_NEVER_SCHEDULED Pod\/default\/db-0: .*3 node\(s\) didn't match PersistentVolume's node affinity/],
  },
  { name: 'p44-single-replica', fails: { 'no outage': '25s of outage' }, shows: [/^SINGLE_REPLICA/] },
  {
    name: 'p51-six-minutes',
    fails: { 'the database is back within two minutes': '6m 2' },
    shows: [/^UNMOUNT_NOT_REPORTED Node\/workers-\d/],
    seedsThatFail: [20, 20],
  },
  {
    name: 'p52-ready-before-network',
    fails: { 'every service is back within a minute': 'Deployment default/single has 3m 10s of outage at a time, 3m 20s in all' },
    shows: [/^outage of single: 3m/],
  },
  { name: 'p53-pull-storm', fails: { 'nobody is short of pods for more than three minutes': '3 workloads in all over the limit' } },
  // Eighteen starts of 2 CPU and 20 s on 8 CPUs: 90 s, where the probe allows 60 s.
  {
    name: 'p54-start-up-stampede',
    fails: { 'nobody is short of pods for more than five minutes': '6m 5' },
    seedsThatFail: [15, 20],
  },
  // Eight nodes with a chance of one in ten: 57 % of all rolls lose one.
  {
    name: 'p55-does-not-come-back',
    fails: { 'every node takes its time and no more': '1h' },
    shows: [/^ends failed$/, /^NODE_FAILED Node\/workers-\d: .*did not become Ready in time/],
    seedsThatFail: [5, 17],
  },
  {
    name: 'p62-jobs-lost',
    fails: { 'somebody renders all the time': 'Job default/render' },
    shows: [/^JOB_GAVE_UP Job\/default\/render/, /^JOB_WORK_LOST Job\/default\/render: \d pods were ended before they were done/],
  },
];
