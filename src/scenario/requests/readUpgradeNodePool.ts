import { z } from 'zod';
import type { Fault } from '../../errors.ts';
import type { LocatedObject } from '../LocatedObject.ts';
import { dottedPath } from '../Reading.ts';
import { closed, refuse } from '../schema/closed.ts';
import { schemaFaults } from '../schemaFaults.ts';
import { passwordProblem } from './passwordProblem.ts';
import type { UpgradeRequest } from './UpgradeRequest.ts';

/** The pool of nodes that are in no other pool; it has no settings of its own, so a request brings them. */
export const DEFAULT_POOL = 'DefaultPool';

const MAX_SCRIPT_CHARACTERS = 10_240;

const script = z.string().superRefine((text, context) => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) refuse(context, 'not Base64', 'encode the script with base64, without line ends');
});

const lifeCycle = closed({
  preInstall: z.exactOptional(script),
  postInstall: z.exactOptional(script),
  waitPostInstallFinish: z.exactOptional(z.boolean()),
}).superRefine(({ preInstall = '', postInstall = '' }, context) => {
  const length = preInstall.length + postInstall.length;
  if (length > MAX_SCRIPT_CHARACTERS)
    refuse(
      context,
      `the scripts have ${length} characters of Base64 together, at most ${MAX_SCRIPT_CHARACTERS} are allowed`,
      'shorten them',
    );
});

const userPassword = closed({ username: z.exactOptional(z.string()), password: z.string() }).superRefine((given, context) => {
  const problem = passwordProblem(given.password, given.username ?? 'root');
  if (problem !== undefined) refuse(context, problem, 'choose another password', ['password']);
});

const login = closed({
  sshKey: z.exactOptional(z.string().min(1)),
  userPassword: z.exactOptional(userPassword),
  removeSSHKey: z.exactOptional(z.boolean()),
  removeUserPassword: z.exactOptional(z.boolean()),
}).superRefine((given, context) => {
  if ((given.sshKey === undefined) === (given.userPassword === undefined))
    refuse(context, 'exactly one of sshKey and userPassword is needed', 'give one of them');
  for (const [key, credential] of [
    ['removeSSHKey', 'sshKey'],
    ['removeUserPassword', 'userPassword'],
  ] as const) {
    if (given[key] === undefined) continue;
    refuse(context, 'supported only when a node pool is updated, not when its nodes are synchronized', 'leave it out', [key]);
    if (given[key] && given[credential] !== undefined)
      refuse(context, `excludes ${credential}`, `leave ${credential} or ${key} out`, [key]);
  }
});

const body = closed({
  spec: closed({
    maxUnavailable: z.int().min(1).max(20),
    nodeIDs: z.exactOptional(z.array(z.string().min(1))),
    nodePoolID: z.string().min(1),
    nodeTemplate: z.exactOptional(closed({ lifeCycle, login })),
    force: z.exactOptional(z.boolean()),
    retryTimes: z.exactOptional(z.int().min(0)),
    skippedNodes: z.exactOptional(z.array(z.string().min(1))),
    validateStorage: z.exactOptional(z.boolean()),
  }).superRefine((spec, context) => {
    if (spec.nodePoolID === DEFAULT_POOL && spec.nodeTemplate === undefined)
      refuse(context, 'missing, the default pool has no settings of its own', 'give lifeCycle and login', ['nodeTemplate']);
    const twice = spec.nodeIDs?.findIndex((id, index, all) => all.indexOf(id) < index) ?? -1;
    if (twice >= 0) refuse(context, 'this node is there twice', 'leave one out', ['nodeIDs', twice]);
  }),
});

/**
 * Checks the body of an UpgradeNodePool request by the rules of that API and keeps what a forecast needs.
 *
 * Neither the result nor a fault holds a password, a key or a script.
 * @see Huawei CCE API reference, "Synchronizing Node Configurations in a Node Pool" (2025-07 and 2025-08); the limit on scripts counts
 * both together, as the former says. `force`, `retryTimes`, `skippedNodes` and `validateStorage` are in the public SDK only.
 */
export function readUpgradeNodePool(document: LocatedObject): UpgradeRequest | readonly Fault[] {
  const result = body.safeParse(document.value);
  if (result.success) return withoutSecrets(result.data.spec);
  return schemaFaults(result.error.issues, document.value, 'REQUEST_INVALID').map(({ path, part, message, hint }) => ({
    code: 'REQUEST_INVALID' as const,
    path: dottedPath(path),
    position: document.locate(path, part),
    message,
    hint: hint ?? 'the API reference of UpgradeNodePool tells what belongs here',
  }));
}

function withoutSecrets(spec: z.output<typeof body>['spec']): UpgradeRequest {
  const { lifeCycle } = spec.nodeTemplate ?? {};
  return {
    maxUnavailable: spec.maxUnavailable,
    nodePoolID: spec.nodePoolID,
    nodeIDs: spec.nodeIDs,
    skippedNodes: spec.skippedNodes ?? [],
    force: spec.force,
    retryTimes: spec.retryTimes,
    validateStorage: spec.validateStorage ?? false,
    waitPostInstallFinish: lifeCycle?.waitPostInstallFinish,
    hasPostInstall: (lifeCycle?.postInstall ?? '') !== '',
    hasTemplate: spec.nodeTemplate !== undefined,
  };
}
