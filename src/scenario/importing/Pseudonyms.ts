import { POOL_LABELS } from '../kubernetes/nodePool.ts';
import { type FoundObject, isFields } from '../kubernetes/objectsOf.ts';
import { type AnnotationRole, keptAnnotations } from './keptAnnotations.ts';
import { type NameTable, NameTables } from './NameTables.ts';
import { OwnedNames } from './OwnedNames.ts';
import { plainRename } from './plainRename.ts';
import type { Place, Role } from './Shape.ts';
import { BUILT_IN_KINDS, COMMON_ADDRESSES, CONDITIONS, isOwnResource, keyParts } from './wellKnown.ts';

/**
 * Replaces every name of a cluster, each by one pseudonym wherever it stands.
 *
 * Works in two passes over the same objects: the first notes the names, then {@link number} numbers them, and the second replaces them. What
 * Kubernetes makes of names (the pods and claims of a StatefulSet, the claim of an ephemeral volume) is made of the pseudonyms in the same
 * way.
 */
export class Pseudonyms {
  private readonly tables = new NameTables();
  private readonly owned = new OwnedNames();
  /** Keys of labels whose values are compared as numbers: these stay. */
  private readonly numericKeys = new Set<string>();

  /** Notes what the pseudonyms of an object's parts are made of; to be called for each object before `number`. */
  note(object: FoundObject): void {
    this.owned.note(object);
  }

  number(): void {
    this.tables.number();
  }

  poolName(name: string): string {
    return this.tables.replace('pool', name);
  }

  nodeName(name: string): string {
    return this.tables.replace('node', name);
  }

  /** What becomes of a kept value, in its role; undefined drops it. */
  replace(role: Role, value: unknown, place: Place): unknown {
    const plain = plainRename(role, value, place);
    if (typeof plain === 'string') return this.renameText(role, plain, place);
    return isFields(plain) ? this.renameFields(role, plain, place) : plain;
  }

  private renameText(role: Role, text: string, { namespace }: Place): string | undefined {
    if (role === 'remark') return undefined;
    if (role === 'value' || text === '') return text;
    if (role === 'namespace') return this.tables.replaceNamespace(text);
    if (role === 'object') return this.objectName(text, namespace);
    if (role === 'claim') return this.claimName(text, namespace);
    if (role === 'image') return this.imageName(text);
    if (role === 'labelKey') return this.labelKey(text);
    if (role === 'resource') return this.resourceName(text);
    const isCommon = COMMON[role]?.(text) ?? false;
    return isCommon ? text : this.tables.replace(TABLES[role] ?? 'word', text);
  }

  private renameFields(role: Role, given: Fields, place: Place): unknown {
    const { namespace } = place;
    if (role === 'labels')
      return renamed(
        given,
        (key) => this.labelKey(key),
        (value, key) => this.labelValue(key, value, namespace),
      );
    if (role === 'resources') return renamed(given, (key) => this.resourceName(key), asItIs);
    if (role === 'disrupted') return renamed(given, (name) => this.objectName(name, namespace), asItIs);
    if (role === 'annotations') return renamed(given, asItIs, (value, key) => this.annotation(keptAnnotations.get(key), value));
    if (role === 'owner') return this.owner(given, place);
    return role === 'requirement' ? this.requirement(given, namespace) : given;
  }

  private owner({ apiVersion, kind, name }: Fields, { namespace }: Place): Fields {
    const isBuiltIn = BUILT_IN_KINDS.has(String(kind));
    return {
      apiVersion: isBuiltIn ? apiVersion : 'example.com/v1',
      kind: isBuiltIn ? kind : this.tables.replace('word', String(kind)),
      name: kind === 'Node' ? this.nodeName(String(name)) : this.objectName(String(name), namespace),
      controller: true,
    };
  }

  private requirement({ key, operator, values, ...rest }: Fields, namespace: string): Fields {
    const name = String(key);
    if (operator === 'Gt' || operator === 'Lt') this.numericKeys.add(name);
    const replaced = Array.isArray(values) ? values.map((value) => this.labelValue(name, String(value), namespace)) : values;
    return { key: this.labelKey(name), operator, values: replaced, ...rest };
  }

  private annotation(role: AnnotationRole | undefined, text: string): string {
    if (role === 'node') return this.nodeName(text);
    if (role === 'word') return this.tables.replace('word', text);
    if (role === 'mark') return 'yes';
    const names = text.split(',');
    if (role === 'volumes') return names.map((name) => this.tables.replace('claim', name.trim())).join(',');
    if (role === 'plugins') return names.filter((name) => name.startsWith('kubernetes.io/')).join(',');
    return /^(-?\d+|true|false)$/.test(text) ? text : '';
  }

  private labelValue(key: string, value: string, namespace: string): string {
    if (value === '' || value === 'true' || value === 'false' || this.numericKeys.has(key)) return value;
    if (POOL_LABELS.includes(key)) return this.poolName(value);
    if (key === 'kubernetes.io/metadata.name') return this.tables.replaceNamespace(value);
    if (OBJECT_KEYS.includes(key)) return this.objectName(value, namespace);
    return this.tables.has('node', value) ? this.nodeName(value) : this.tables.replace('word', value);
  }

  private labelKey(key: string): string {
    const { domain, name, isKnownName } = keyParts(key);
    if (!domain) return isKnownName ? name : this.tables.replace('word', name);
    if (!domain.isKnown && domain.provider === undefined) return `example.com/${this.tables.replace('word', key)}`;
    const known = domain.isKnown ? domain.text : `${this.tables.replace('word', domain.text)}.${domain.provider}`;
    return `${known}/${isKnownName ? name : this.tables.replace('word', name)}`;
  }

  private resourceName(name: string): string {
    if (isOwnResource(name)) return name;
    const pseudonym = this.tables.replace('word', name);
    if (name.startsWith('kubernetes.io/')) return `kubernetes.io/${pseudonym}`;
    return name.includes('/') ? `example.com/${pseudonym}` : pseudonym;
  }

  /** An image keeps its form, by which images are compared and pulled: the host of its registry, the parts of its path, tag and digest. */
  private imageName(image: string): string {
    const [, path = image, tag, digest] = /^(.*?)(?::([^/:@]+))?(?:@(.+))?$/.exec(image) ?? [];
    const parts = path.split('/').map((part, index, all) => this.imagePart(part, index === 0 && all.length > 1 ? 'host' : 'path'));
    const shownTag = tag === undefined ? '' : `:${tag === 'latest' ? tag : this.tables.replace('word', tag)}`;
    return `${parts.join('/')}${shownTag}${digest === undefined ? '' : `@${this.tables.replace('word', digest)}`}`;
  }

  private imagePart(part: string, kind: 'host' | 'path'): string {
    if (COMMON_IMAGE_PARTS.includes(part)) return part;
    const pseudonym = this.tables.replace('word', part);
    return kind === 'host' && /[.:]/.test(part) ? `${pseudonym}.example.com` : pseudonym;
  }

  private objectName(name: string, namespace: string): string {
    const member = this.owned.memberOf(name, namespace);
    return member ? `${this.tables.replace('app', member.set)}-${member.ordinal}` : this.tables.replace('app', name);
  }

  private claimName(name: string, namespace: string): string {
    const own = this.owned.ephemeralClaimOf(name, namespace);
    if (own) return `${this.objectName(own.pod, namespace)}-${this.tables.replace('claim', own.volume)}`;
    const member = this.owned.claimOf(name, namespace);
    if (!member) return this.tables.replace('claim', name);
    return `${this.tables.replace('claim', member.template)}-${this.objectName(member.pod, namespace)}`;
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** Labels whose values are names of pods and Jobs. */
const OBJECT_KEYS = ['statefulset.kubernetes.io/pod-name', 'batch.kubernetes.io/job-name', 'job-name'];

const COMMON_IMAGE_PARTS = ['docker.io', 'library', 'localhost'];

const TABLES: Partial<Record<Role, NameTable>> = { node: 'node', volume: 'volume', claimPart: 'claim' };

/** Texts that stay, by role. */
const COMMON: Partial<Record<Role, (text: string) => boolean>> = {
  address: (text) => COMMON_ADDRESSES.includes(text),
  condition: (text) => CONDITIONS.has(text),
  driver: (text) => text.startsWith('kubernetes.io/'),
  kind: (text) => BUILT_IN_KINDS.has(text),
  priorityClass: (text) => text === 'system-node-critical' || text === 'system-cluster-critical',
  scheduler: (text) => text === 'default-scheduler',
};

function renamed(given: Fields, keyOf: (key: string) => string, valueFor: (value: string, key: string) => string): Fields {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [keyOf(key), valueFor(String(value), key)]));
}

function asItIs(text: string): string {
  return text;
}
