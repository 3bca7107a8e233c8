import { type FoundObject, isFields } from '../kubernetes/objectsOf.ts';

/** Names that Kubernetes makes of other names, so that their parts can be told apart: those of StatefulSets and of ephemeral volumes. */
export class OwnedNames {
  /** `namespace/name` of every StatefulSet. */
  private readonly sets = new Set<string>();
  /** By `namespace/TEMPLATE-SET`. */
  private readonly claimsOfSets = new Map<string, { readonly template: string; readonly set: string }>();
  /** By `namespace/POD-VOLUME`. */
  private readonly ephemeral = new Map<string, { readonly volume: string; readonly pod: string }>();

  note({ kind, name, namespace, value }: FoundObject): void {
    const spec = isFields(value) ? value.spec : undefined;
    if (!isFields(spec)) return;
    if (kind === 'StatefulSet') this.noteSet(name, namespace, namesIn(spec.volumeClaimTemplates, claimTemplateName));
    if (kind === 'Pod') this.notePod(name, namespace, namesIn(spec.volumes, ephemeralName));
  }

  /** The StatefulSet and the ordinal in the name of its pod; undefined for other names. */
  memberOf(name: string, namespace: string): { readonly set: string; readonly ordinal: string } | undefined {
    const [, set = '', ordinal = ''] = NUMBERED.exec(name) ?? [];
    return this.sets.has(`${namespace}/${set}`) ? { set, ordinal } : undefined;
  }

  /** The template or volume, and the pod, in the name of the claim that was made for it; undefined for other names. */
  claimOf(name: string, namespace: string): { readonly template: string; readonly pod: string } | undefined {
    const [, start = '', ordinal = ''] = NUMBERED.exec(name) ?? [];
    const found = this.claimsOfSets.get(`${namespace}/${start}`);
    return found && { template: found.template, pod: `${found.set}-${ordinal}` };
  }

  /** The pod and the volume in the name of the claim of an ephemeral volume; undefined for other names. */
  ephemeralClaimOf(name: string, namespace: string): { readonly volume: string; readonly pod: string } | undefined {
    return this.ephemeral.get(`${namespace}/${name}`);
  }

  private noteSet(set: string, namespace: string, templates: readonly string[]): void {
    this.sets.add(`${namespace}/${set}`);
    for (const template of templates) this.claimsOfSets.set(`${namespace}/${template}-${set}`, { template, set });
  }

  private notePod(pod: string, namespace: string, volumes: readonly string[]): void {
    for (const volume of volumes) this.ephemeral.set(`${namespace}/${pod}-${volume}`, { volume, pod });
  }
}

const NUMBERED = /^(.+)-(\d+)$/;

function namesIn(list: unknown, nameOf: (entry: Readonly<Record<string, unknown>>) => unknown): string[] {
  const names = Array.isArray(list) ? list.filter(isFields).map(nameOf) : [];
  return names.filter((name) => typeof name === 'string');
}

function claimTemplateName({ metadata }: Readonly<Record<string, unknown>>): unknown {
  return isFields(metadata) ? metadata.name : undefined;
}

function ephemeralName({ name, ephemeral }: Readonly<Record<string, unknown>>): unknown {
  return isFields(ephemeral) ? name : undefined;
}
