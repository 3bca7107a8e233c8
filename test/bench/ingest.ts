import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DUMP_FORMS, type IngestRow, writeList } from './IngestRow.ts';
import { kubernetesItems } from './kubernetesList.ts';
import { settledW } from './rollW.ts';

const PODS_PER_NODE = 30;

/**
 * Reads the dump of W with about `pods` pods in every form, as `measure` does it for a file and a form, each in a process of its own. The
 * dump has what a real one has and no reader looks at.
 */
export function ingestRows(pods: number, measure: (file: string, form: string) => IngestRow): IngestRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'rollcast-ingest-'));
  try {
    const file = (form: string) => join(folder, form === 'compact' ? 'compact.json' : 'printed.json');
    const cluster = settledW(Math.max(1, Math.round(pods / PODS_PER_NODE)), 'plain');
    for (const form of ['compact', 'printed'] as const) writeList(file(form), withBallast(kubernetesItems(cluster)), form);
    measure(file('snapshot'), 'snapshot');
    return DUMP_FORMS.map((form) => measure(file(form), form));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Item = ReturnType<typeof kubernetesItems>[number];

function* withBallast(items: readonly Item[]): Generator<unknown> {
  for (const [index, item] of items.entries()) yield item.kind === 'Pod' && 'status' in item ? podWithBallast(item, index) : item;
}

function podWithBallast(pod: Item & { readonly status: object }, index: number) {
  const { metadata, spec, status } = pod;
  const uid = `${index.toString(16).padStart(8, '0')}-6f7a-4b3c-9d2e-1f0a5b6c7d8e`;
  const mount = { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name: tokenVolume(index), readOnly: true };
  const containers =
    'containers' in spec ? spec.containers.map((container) => ({ ...container, env: ENVIRONMENT, volumeMounts: [mount] })) : [];
  return {
    ...pod,
    metadata: { ...metadata, uid, resourceVersion: String(1_000_000 + index), managedFields: managedFields(uid) },
    spec: { ...spec, containers, volumes: [{ name: tokenVolume(index), projected: PROJECTED }] },
    status: { ...status, ...runningStatus(index) },
  };
}

function tokenVolume(index: number): string {
  return `kube-api-access-${index.toString(36).padStart(5, 'b').slice(-5)}`;
}

const ENVIRONMENT = [
  { name: 'POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
  { name: 'LOG_LEVEL', value: 'info' },
];

const PROJECTED = {
  defaultMode: 420,
  sources: [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
    { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }] } },
  ],
};

/** Who wrote which field, as the controller manager and the kubelet note it. */
function managedFields(owner: string) {
  const spec = { 'f:containers': { 'k:{"name":"main"}': { '.': {}, 'f:image': {}, 'f:resources': {} } }, 'f:restartPolicy': {} };
  const state = { 'f:conditions': { 'k:{"type":"Ready"}': { '.': {}, 'f:status': {} } }, 'f:containerStatuses': {}, 'f:phase': {} };
  const references = { 'f:ownerReferences': { '.': {}, [`k:{"uid":"${owner}"}`]: {} } };
  const common = { apiVersion: 'v1', fieldsType: 'FieldsV1', operation: 'Update', time: '2026-01-01T00:00:00Z' };
  return [
    { ...common, fieldsV1: { 'f:metadata': references, 'f:spec': spec }, manager: 'kube-controller-manager' },
    { ...common, fieldsV1: { 'f:status': state }, manager: 'kubelet', subresource: 'status' },
  ];
}

function runningStatus(index: number) {
  const podIP = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
  const state = { running: { startedAt: '2026-01-01T00:00:30Z' } };
  const containerStatuses = [{ containerID: `containerd://${index}`, name: 'main', ready: true, restartCount: 0, started: true, state }];
  return { containerStatuses, hostIP: podIP, podIP, podIPs: [{ ip: podIP }], qosClass: 'Burstable', startTime: '2026-01-01T00:00:00Z' };
}
