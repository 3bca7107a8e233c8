import { z } from 'zod';
import type { Fault } from '../../errors.ts';
import type { LocatedObject } from '../LocatedObject.ts';
import { dottedPath } from '../Reading.ts';
import { closed, despiteFaults, refuse } from '../schema/closed.ts';
import { schemaFaults } from '../schemaFaults.ts';
import { passwordProblem } from './passwordProblem.ts';
import type { RequestedNodes, UpgradeRequest } from './UpgradeRequest.ts';

/** The pool of nodes that are in no other pool; it has no settings of its own, so a request brings them. */
export const DEFAULT_POOL = 'DefaultPool';

const MAX_SCRIPT_CHARACTERS = 10_240;

/** Groups of four characters, the last one filled up with `=`. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const script = z.string().superRefine((text, context) => {
  if (!BASE64.test(text)) refuse(context, 'not Base64', 'encode the script with base64, without line ends; is it cut off?');
});

/** Values as a request has them, valid or not. */
type Written<Keys extends string> = { readonly [Key in Keys]?: unknown };

/** Whether the limit on scripts counts both together or each by itself. */
export type ScriptLimit = 'together' | 'each';

type Scripts = Written<'preInstall' | 'postInstall'>;

function lifeCycleWith(limit: ScriptLimit) {
  return closed({
    preInstall: z.exactOptional(script),
    postInstall: z.exactOptional(script),
    waitPostInstallFinish: z.exactOptional(z.boolean()),
  }).superRefine(checkLengths[limit], despiteFaults);
}

const checkLengths: Readonly<Record<ScriptLimit, (scripts: Scripts, context: z.RefinementCtx) => void>> = {
  together(scripts, context) {
    const length = lengthOfBoth(scripts);
    const message = `the scripts have ${length} characters of Base64 together, at most ${MAX_SCRIPT_CHARACTERS} are allowed`;
    const hint = 'shorten them; roll.scriptLimit: each if your region counts each by itself';
    if (length > MAX_SCRIPT_CHARACTERS) refuse(context, message, hint);
  },
  each(scripts, context) {
    for (const key of ['preInstall', 'postInstall'] as const) {
      const length = lengthOf(scripts[key]);
      const message = `the script has ${length} characters of Base64, at most ${MAX_SCRIPT_CHARACTERS} are allowed`;
      if (length > MAX_SCRIPT_CHARACTERS) refuse(context, message, 'shorten it', [key]);
    }
  },
};

function lengthOfBoth({ preInstall, postInstall }: Scripts): number {
  return lengthOf(preInstall) + lengthOf(postInstall);
}

function lengthOf(text: unknown): number {
  return typeof text === 'string' ? text.length : 0;
}

const userPassword = closed({ username: z.exactOptional(z.string()), password: z.string() }).superRefine(checkPassword, despiteFaults);

function checkPassword({ username = 'root', password }: Written<'username' | 'password'>, context: z.RefinementCtx): void {
  if (typeof password !== 'string') return;
  const problem = passwordProblem(password, typeof username === 'string' ? username : '');
  if (problem !== undefined) refuse(context, problem, 'choose another password', ['password']);
}

const login = closed({
  sshKey: z.exactOptional(z.string().min(1)),
  userPassword: z.exactOptional(userPassword),
  removeSSHKey: z.exactOptional(z.boolean()),
  removeUserPassword: z.exactOptional(z.boolean()),
}).superRefine(checkCredentials, despiteFaults);

type Credential = 'sshKey' | 'userPassword';

function checkCredentials(given: Written<Credential | 'removeSSHKey' | 'removeUserPassword'>, context: z.RefinementCtx): void {
  if ((given.sshKey === undefined) === (given.userPassword === undefined))
    refuse(context, 'exactly one of sshKey and userPassword is needed', 'give one of them');
  for (const [key, credential] of [
    ['removeSSHKey', 'sshKey'],
    ['removeUserPassword', 'userPassword'],
  ] as const) {
    if (given[key] === undefined) continue;
    refuse(context, 'supported only when a node pool is updated, not when its nodes are synchronized', 'leave it out', [key]);
    if (given[key] === true && given[credential] !== undefined)
      refuse(context, `excludes ${credential}`, `leave ${credential} or ${key} out`, [key]);
  }
}

const namedNodes = {
  nodePoolID: z.string().min(1),
  nodeIDs: z.exactOptional(z.array(z.string().min(1))),
  skippedNodes: z.exactOptional(z.array(z.string().min(1))),
  validateStorage: z.exactOptional(z.boolean()),
};

function bodyWith(limit: ScriptLimit) {
  const spec = {
    maxUnavailable: z.int().min(1).max(20),
    nodeTemplate: z.exactOptional(closed({ lifeCycle: lifeCycleWith(limit), login })),
    force: z.exactOptional(z.boolean()),
    retryTimes: z.exactOptional(z.int().min(0)),
    ...namedNodes,
  };
  const elsewhere = Object.fromEntries(Object.keys(spec).map((key) => [key, 'put it into spec']));
  return closed({ spec: closed(spec).superRefine(checkSpec, despiteFaults) }, elsewhere);
}

const bodies: Readonly<Record<ScriptLimit, ReturnType<typeof bodyWith>>> = { together: bodyWith('together'), each: bodyWith('each') };

function checkSpec(
  { nodePoolID, nodeTemplate, nodeIDs }: Written<'nodePoolID' | 'nodeTemplate' | 'nodeIDs'>,
  context: z.RefinementCtx,
): void {
  if (nodePoolID === DEFAULT_POOL && nodeTemplate === undefined)
    refuse(context, 'missing, the default pool has no settings of its own', 'give lifeCycle and login', ['nodeTemplate']);
  if (!Array.isArray(nodeIDs)) return;
  if (nodeIDs.length === 0) refuse(context, 'names no node', 'leave nodeIDs out to mean all nodes of the pool', ['nodeIDs']);
  const seen = new Set<unknown>();
  for (const [index, id] of nodeIDs.entries()) {
    if (seen.has(id)) refuse(context, 'this node is there twice', 'leave one out', ['nodeIDs', index]);
    seen.add(id);
  }
}

/** What the body of a request says, and all of its faults. */
export interface ReadRequestBody {
  /** undefined: something is wrong with it. */
  readonly request: UpgradeRequest | undefined;
  /** What it says of nodes, where at least that can be read. */
  readonly nodes: RequestedNodes | undefined;
  readonly faults: readonly Fault[];
}

/**
 * Checks the body of an UpgradeNodePool request by the rules of that API and keeps what a forecast needs.
 *
 * Neither the result nor a fault holds a password, a key or a script.
 * @see Huawei CCE API reference, "Synchronizing Node Configurations in a Node Pool" (2025-07 and 2025-08); the limit on scripts counts
 * both together, as the former says, unless `limit` says otherwise, as the latter can be read. `force`, `retryTimes`, `skippedNodes` and
 * `validateStorage` are in the public SDK only.
 */
export function readUpgradeNodePool(document: LocatedObject, limit: ScriptLimit): ReadRequestBody {
  const result = bodies[limit].safeParse(document.value);
  const nodes = z.object({ spec: z.object(namedNodes) }).safeParse(document.value);
  return {
    request: result.success ? withoutSecrets(result.data.spec) : undefined,
    nodes: nodes.success ? nodesOf(nodes.data.spec) : undefined,
    faults: result.success ? [] : faultsOf(document, result.error.issues),
  };
}

function faultsOf(document: LocatedObject, issues: readonly z.core.$ZodIssue[]): readonly Fault[] {
  return schemaFaults(issues, document.value, 'REQUEST_INVALID').map(({ path, part, message, hint }) => ({
    code: 'REQUEST_INVALID' as const,
    path: dottedPath(path),
    position: document.locate(path, part),
    message,
    hint: hint ?? 'the API reference of UpgradeNodePool tells what belongs here',
  }));
}

type Spec = z.output<ReturnType<typeof bodyWith>>['spec'];

function withoutSecrets(spec: Spec): UpgradeRequest {
  const { lifeCycle: scripts } = spec.nodeTemplate ?? {};
  return {
    ...nodesOf(spec),
    maxUnavailable: spec.maxUnavailable,
    force: spec.force,
    retryTimes: spec.retryTimes,
    waitPostInstallFinish: scripts?.waitPostInstallFinish,
    hasLongScripts: lengthOfBoth(scripts ?? {}) > MAX_SCRIPT_CHARACTERS,
    hasTemplate: spec.nodeTemplate !== undefined,
  };
}

function nodesOf(spec: Pick<Spec, keyof typeof namedNodes>): RequestedNodes {
  return {
    nodePoolID: spec.nodePoolID,
    nodeIDs: spec.nodeIDs,
    skippedNodes: spec.skippedNodes ?? [],
    validateStorage: spec.validateStorage ?? false,
  };
}
