import { type Fault, RollError } from '../../errors.ts';
import { nearest } from '../../scenario/nearest.ts';

/** What an explanation is about, such as `pod/shop/web-1`. */
export interface Subject {
  readonly kind: 'pod' | 'workload' | 'node';
  /** The kind of a workload, undefined when any will do. */
  readonly workloadKind: string | undefined;
  /** undefined: any namespace. */
  readonly namespace: string | undefined;
  readonly name: string;
}

const KINDS: Readonly<Record<string, Pick<Subject, 'kind' | 'workloadKind'>>> = {
  pod: { kind: 'pod', workloadKind: undefined },
  node: { kind: 'node', workloadKind: undefined },
  workload: { kind: 'workload', workloadKind: undefined },
  deployment: { kind: 'workload', workloadKind: 'Deployment' },
  replicaset: { kind: 'workload', workloadKind: 'ReplicaSet' },
  statefulset: { kind: 'workload', workloadKind: 'StatefulSet' },
  daemonset: { kind: 'workload', workloadKind: 'DaemonSet' },
  replicationcontroller: { kind: 'workload', workloadKind: 'ReplicationController' },
  job: { kind: 'workload', workloadKind: 'Job' },
  cronjob: { kind: 'workload', workloadKind: 'CronJob' },
};

/**
 * Reads `KIND/NAME` or `KIND/NAMESPACE/NAME`.
 * @throws RollError `ARGUMENT_INVALID` for anything else.
 */
export function parseSubject(text: string): Subject {
  const [word = '', ...names] = text.split('/');
  const kind = KINDS[word.toLowerCase()];
  const [first = '', second] = names;
  const isWhole = names.length === 1 || (names.length === 2 && kind?.kind !== 'node');
  if (!kind || !isWhole || names.includes('')) {
    throw invalid(`cannot explain "${text}"`, 'write pod/NAME, pod/NAMESPACE/NAME, workload/NAME or node/NAME');
  }
  return { ...kind, namespace: second === undefined ? undefined : first, name: second ?? first };
}

/** Something that can be asked about. */
export interface Named {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * The one of `known` that `subject` means.
 * @throws RollError `ARGUMENT_INVALID` when there is none, or more than one in different namespaces or of different kinds.
 */
export function findSubject<T extends Named>(subject: Subject, known: Iterable<T>): T {
  const all = [...known];
  const { kind, workloadKind, namespace, name } = subject;
  const named = all.filter(
    (one) => one.name === name && (namespace ?? one.namespace) === one.namespace && (workloadKind ?? one.kind) === one.kind,
  );
  const [found, ...others] = named;
  if (found && others.length === 0) return found;
  if (found) throw invalid(`there are ${named.length} of the name ${name}`, `write ${named.map(spell).join(' or ')}`);
  throw invalid(`the run had no ${kind} ${[namespace, name].filter((part) => part !== undefined).join('/')}`, nearHint(name, all));
}

const MOST_NAMES = 8;

/** The names most similar to `name`: likely typing errors first, then names that begin with it or contain it. */
function nearHint(name: string, known: readonly Named[]): string {
  const meant = nearest(name, [...new Set(known.map((one) => one.name))]);
  const stem = name.replace(/[^-]*$/, '').replace(/-$/, '') || name;
  const near = known.filter((one) => one.name === meant || one.name.startsWith(stem) || one.name.includes(name));
  const shown = (near.length > 0 ? near : known).slice(0, MOST_NAMES).map(spell);
  return shown.length === 0 ? 'the run had none at all' : `${near.length > 0 ? 'near it' : 'for example'}: ${shown.join(', ')}`;
}

/** As {@link parseSubject} reads it: a kind that it does not know is some workload. */
function spell({ kind, namespace, name }: Named): string {
  const word = kind.toLowerCase();
  return [word in KINDS ? word : 'workload', ...(namespace === '' ? [] : [namespace]), name].join('/');
}

function invalid(message: string, hint: string): RollError {
  const fault: Fault = { code: 'ARGUMENT_INVALID', message, hint };
  return new RollError([fault]);
}
