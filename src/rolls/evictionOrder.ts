import type { Pod } from '../cluster/Pod.ts';
import type { RandomNumbers } from '../sim/RandomStream.ts';

/** Measured on 432 drains of kubectl 1.34.4 with 4.7 pods on average: in 373 of them the last pod of the list was evicted first. */
const LAST_FIRST = 373 / 432;
/** In 204 of these all others came in order; this is the chance per pod that corresponds to it. */
const IN_PLACE = (204 / 373) ** (1 / 3.7);

/**
 * The order in which a drain evicts `pods` within one instant: mostly the last of the list first and then the others in order, because
 * kubectl starts one goroutine per pod and Go runs the newest one first. The longer the list, the more often processors share the work and
 * parts of the list interleave.
 */
export function evictionOrder(pods: readonly Pod[], chance: RandomNumbers): readonly Pod[] {
  const order = chance.next() < LAST_FIRST ? lastFirst(pods) : riffled(pods, 0, chance);
  if (chance.next() < IN_PLACE ** (pods.length - 1)) return order;
  return riffled(riffled(order, 1, chance), 1, chance);
}

function lastFirst(pods: readonly Pod[]): readonly Pod[] {
  const order = pods.slice();
  const last = order.pop();
  if (last) order.unshift(last);
  return order;
}

/**
 * Cuts the list in two at a random place from `start` on and takes the next pod from either part, keeping the order within each part. Which
 * part is faster is also random, and often one part is nearly done before the other begins.
 */
function riffled(pods: readonly Pod[], start: number, chance: RandomNumbers): Pod[] {
  const cut = start + Math.floor(chance.next() * (pods.length - start));
  const share = towardsEnds(chance.next());
  const order = pods.slice();
  let first = start;
  let second = cut;
  for (let place = start; first < cut; place += 1) {
    const isOfFirst = second === pods.length || chance.next() < share;
    const next = pods[isOfFirst ? first++ : second++];
    if (next) order[place] = next;
  }
  return order;
}

/** Takes a uniform number in [0, 1] nearer to 0 or to 1. */
function towardsEnds(value: number): number {
  return value > 0.5 ? 1 - 4 * (1 - value) ** 3 : 4 * value ** 3;
}
