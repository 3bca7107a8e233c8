import { describe, expect, it } from 'vitest';
import { readObjects } from '../../../src/scenario/kubernetes/readObjects.ts';

describe('reading storage', () => {
  it('reads a volume with its source, its claim and where it can be reached', () => {
    const spec = {
      capacity: { storage: '1Ki' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'local',
      claimRef: { namespace: 'shop', name: 'data' },
      local: { path: '/mnt' },
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['n1'] }] }] },
      },
    };
    expect(read('v1', 'PersistentVolume', { spec }).persistentVolumes).toEqual([
      {
        name: 'x',
        labels: {},
        storageClassName: 'local',
        capacity: 1024,
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        claimRef: 'shop/data',
        phase: 'Bound',
        nodeAffinity: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['n1'] }], matchFields: [] }],
        source: 'local',
        fields: { path: '/mnt' },
      },
    ]);
  });

  it.each([
    ['by its phase', 'Bound', {}, 'pv', 'Bound'],
    ['by the annotation, before the phase tells', 'Pending', { 'pv.kubernetes.io/bind-completed': 'yes' }, 'pv', 'Bound'],
    ['not before either tells, though it names its volume', 'Pending', {}, 'pv', 'Pending'],
    ['not by the annotation when its volume is lost', 'Lost', { 'pv.kubernetes.io/bind-completed': 'yes' }, 'pv', 'Lost'],
    ['without a status when it names its volume', undefined, {}, 'pv', 'Bound'],
    ['not without a volume', undefined, {}, undefined, 'Pending'],
  ])('takes a claim as bound %s', (_, phase, annotations, volumeName, expected) => {
    const claim = { metadata: { name: 'x', annotations }, spec: { volumeName }, status: { phase } };
    expect(read('v1', 'PersistentVolumeClaim', claim).claims[0]?.phase).toBe(expected);
  });

  it('reads whether a driver attaches its volumes, which it does unless told otherwise', () => {
    expect(read('storage.k8s.io/v1', 'CSIDriver', { spec: { attachRequired: false } }).csiDrivers).toEqual([
      { name: 'x', attachRequired: false },
    ]);
    expect(read('storage.k8s.io/v1', 'CSIDriver', { spec: {} }).csiDrivers).toEqual([{ name: 'x', attachRequired: true }]);
  });

  it('reads a storage class with its binding mode and topologies', () => {
    const given = { provisioner: 'p', allowedTopologies: [{ matchLabelExpressions: [{ key: 'zone', values: ['a', 'b'] }] }] };
    expect(read('storage.k8s.io/v1', 'StorageClass', given).storageClasses).toEqual([
      {
        name: 'x',
        provisioner: 'p',
        volumeBindingMode: 'Immediate',
        isDefault: false,
        allowedTopologies: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b'] }], matchFields: [] }],
      },
    ]);
  });

  it('reads the limits of drivers and attachments', () => {
    const drivers = [
      { name: 'a', allocatable: { count: 16 } },
      { name: 'b', allocatable: null },
    ];
    expect(read('storage.k8s.io/v1', 'CSINode', { spec: { drivers } }).csiNodes[0]?.drivers).toEqual(
      new Map([
        ['a', 16],
        ['b', undefined],
      ]),
    );
    const spec = { attacher: 'a', nodeName: 'n1', source: { persistentVolumeName: 'pv' } };
    expect(read('storage.k8s.io/v1', 'VolumeAttachment', { spec, status: { attached: true } }).attachments).toEqual([
      { name: 'x', attacher: 'a', nodeName: 'n1', persistentVolumeName: 'pv', attached: true },
    ]);
  });
});

function read(apiVersion: string, kind: string, fields: object) {
  const value = { apiVersion, kind, metadata: { name: 'x' }, ...fields };
  const { objects, faults } = readObjects([{ value, locate: () => ({ file: 'f', line: 1, column: 1 }) }], {
    start: 0,
    kubernetesVersion: '1.34',
  });
  expect(faults).toEqual([]);
  return objects;
}
