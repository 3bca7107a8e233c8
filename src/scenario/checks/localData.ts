import type { Volume } from '../../cluster/PodSpec.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../cluster/Storage.ts';
import { type StatefulSet, workloadKey } from '../../cluster/Workload.ts';
import { leavesPodsAlone } from '../../rolls/leavesPodsAlone.ts';
import type { Finding, Scenario } from '../Scenario.ts';
import { type Check, isSelected, severityFor } from './Check.ts';
import type { PodGroup } from './PodGroup.ts';

/**
 * Data on the disks of the rolled nodes that does not survive the roll, by workload. DaemonSets are left out, because their data belongs to
 * the node.
 */
export const localData: Check = ({ scenario, groups }) => {
  if (leavesPodsAlone(scenario.roll)) return [];
  const disks = localDisks(scenario);
  const sets = new Map(scenario.cluster.workloads.flatMap((set) => (set.kind === 'StatefulSet' ? [[workloadKey(set), set]] : [])));
  const { drain } = scenario.roll;
  const mayRefuse = drain.mode !== 'none' && drain.objections === undefined && drain.pods.emptyDir === 'refuseDrain';
  return groups
    .filter(({ staysOnNode, place }) => !staysOnNode && place !== 'elsewhere')
    .flatMap((group) => {
      const set = sets.get(group.object);
      const losses = [
        ...group.spec.volumes.flatMap((volume) => lossOf(volume, group, { scenario, disks })),
        ...claimNames(set).flatMap((claimName) => lossOfClaim(claimName, group, { scenario, disks })),
      ];
      const refusing = mayRefuse && isSelected(group, drain) ? emptyDirs(group) : [];
      if (refusing.length > 0) return [refusal(group, refusing, scenario)];
      if (losses.length === 0) return [];
      return [
        {
          code: 'LOCAL_DATA',
          severity: 'warning',
          object: group.object,
          message: `the roll destroys ${losses.join(', ')}`,
          hint: 'back it up before the roll, or keep it on a volume that is not on the node',
        },
      ];
    });
};

/** Every emptyDir forbids the drain, those in memory too. @see kubernetes/kubectl pkg/drain/filters.go (hasLocalStorage) */
function emptyDirs({ spec }: PodGroup): Volume[] {
  return spec.volumes.filter(({ source }) => source === 'emptyDir');
}

function refusal(group: PodGroup, volumes: readonly Volume[], scenario: Scenario): Finding {
  return {
    code: 'LOCAL_DATA',
    severity: severityFor([group], scenario),
    object: group.object,
    message: `the drain of its nodes is refused because of ${volumes.map(({ name }) => `the emptyDir ${name}`).join(', ')}`,
    hint: 'back up what is in it and let the drain take it away: roll.drain.pods.emptyDir: evict',
  };
}

interface LossSetting {
  readonly scenario: Scenario;
  readonly disks: ReadonlyMap<string, PersistentVolume>;
}

function lossOf(volume: Volume, group: PodGroup, setting: LossSetting): string[] {
  const { roll } = setting.scenario;
  if (volume.source === 'emptyDir') return volume.medium === 'Memory' ? [] : [`the emptyDir ${volume.name} (ends with its pod)`];
  if (volume.source === 'hostPath')
    return roll.wipe.systemDisk && isWritable(volume) ? [`the hostPath ${volume.name} (on the system disk)`] : [];
  return volume.claimName === undefined ? [] : lossOfClaim(volume.claimName, group, setting);
}

function lossOfClaim(claimName: string, { namespace }: PodGroup, { scenario: { roll }, disks }: LossSetting): string[] {
  const disk = disks.get(`${namespace}/${claimName}`);
  return disk && roll.wipe.localVolumes ? [`the local volume ${disk.name} (on a data disk)`] : [];
}

/** The claims that a StatefulSet makes for its pods by its templates: the spec of its pods does not name them. */
function claimNames(set: StatefulSet | undefined): string[] {
  if (!set) return [];
  const { name, firstOrdinal, replicas, volumeClaimTemplates } = set;
  const ordinals = Array.from({ length: replicas }, (_, index) => firstOrdinal + index);
  return volumeClaimTemplates.flatMap((template) => ordinals.map((ordinal) => `${template.name}-${name}-${ordinal}`));
}

/** Directories of the host that programs only look into, and that a reset brings back. */
const HOSTS_OWN = /^\/(proc|sys|dev|run|var\/run|etc|usr|lib|boot)(\/|$)/;

function isWritable({ fields }: Volume): boolean {
  const { path } = fields;
  return typeof path !== 'string' || !HOSTS_OWN.test(path);
}

/** Persistent volumes on disks of nodes, by the claim that is bound to them. */
function localDisks({ cluster }: Scenario): ReadonlyMap<string, PersistentVolume> {
  const byName = new Map(cluster.persistentVolumes.filter(isLocal).map((volume) => [volume.name, volume]));
  return new Map(cluster.claims.flatMap((claim) => entryOf(claim, byName)));
}

function entryOf(
  { namespace, name, volumeName }: PersistentVolumeClaim,
  disks: ReadonlyMap<string, PersistentVolume>,
): [string, PersistentVolume][] {
  const disk = volumeName === undefined ? undefined : disks.get(volumeName);
  return disk ? [[`${namespace}/${name}`, disk]] : [];
}

function isLocal({ source }: PersistentVolume): boolean {
  return source === 'local' || source === 'hostPath';
}
