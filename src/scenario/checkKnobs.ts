import { leavesPodsAlone } from '../rolls/leavesPodsAlone.ts';
import type { Knobs } from '../rolls/Preset.ts';
import { NEVER } from '../units.ts';
import type { Reading } from './Reading.ts';
import type { GivenRoll } from './schema/roll.ts';

/** The knobs that {@link checkKnobs} looks at; where one of them could not be read, it may find what is not there. */
export const checkedKnobs: readonly string[] = [
  'budgetAccounting',
  'replacement',
  'machine',
  'nodeObject',
  'cordon',
  'drain',
  'shutdown',
  'failure',
  'wipe',
];

/** Refuses knobs that contradict one another, whether preset or scenario gives them. */
export function checkKnobs(reading: Reading, knobs: Knobs, given: GivenRoll): void {
  const { failure, cordon, drain } = knobs;
  const refuse = (path: readonly string[], message: string, hint: string) =>
    reading.refuse({ path: ['spec', 'roll', ...path], message, hint });
  if (failure.maxFailed !== undefined && failure.then === 'continue')
    refuse(['failure', 'maxFailed'], 'the roll continues whatever fails', 'give failure.then: stop or pause too');
  if (cordon === 'none' && !leavesPodsAlone(knobs))
    refuse(['cordon'], 'pods leave the nodes, which have to be cordoned for that', 'give cordon: perNode, or wholePool');
  if (cordon === 'wholePool' && knobs.budgetAccounting === 'unreadyOrCordoned')
    refuse(
      ['budgetAccounting'],
      'the roll itself cordons the whole pool, which uses up every place',
      'give anyUnready, or cordon: perNode',
    );
  if (given.drain?.attemptPause !== undefined && (drain.onTimeout !== 'retryForever' || drain.timeout === NEVER))
    refuse(['drain', 'attemptPause'], 'there is only one attempt', 'give drain.onTimeout: retryForever and a timeout for each attempt');
  if (given.drain?.slowAttempts !== undefined && drain.attemptPause === undefined)
    refuse(['drain', 'slowAttempts'], 'there is only one attempt', 'give drain.attemptPause too');
  if (drain.attemptPause !== undefined && drain.onTimeout === 'retryForever' && drain.backoff)
    refuse(['drain', 'backoff'], 'not with attemptPause', 'give one of them: within an attempt the pause stays the same');
  if (knobs.machine === 'keepsRunning') {
    for (const key of goneWithMachine(knobs))
      refuse([key], 'not with a machine that keeps running', 'leave it out, or give machine: goesAway');
  }
}

/** The knobs that mean something only for a machine that goes away. */
function goneWithMachine({ replacement, nodeObject, shutdown, wipe }: Knobs): string[] {
  const { localVolumePath: _, ...wiped } = wipe;
  return [
    ...(replacement === 'inplace' ? [] : ['replacement']),
    ...(nodeObject === 'kept' ? [] : ['nodeObject']),
    ...(shutdown === undefined ? [] : ['shutdown']),
    ...(replacement === 'inplace' && Object.values(wiped).includes(true) ? ['wipe'] : []),
  ];
}
