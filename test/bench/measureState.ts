import { observe } from '../../src/run/observe.ts';
import { wire } from '../../src/run/wire.ts';
import { scenarioOf, settledW, spreadingOf } from './rollW.ts';
import type { Variant } from './workloadW.ts';

/** Worlds that are built; the one in the middle counts, for the engine keeps one that is gone now and then. */
const WORLDS = 5;
/** Code is dropped when it has not run for several collections. */
const COLLECTIONS = 8;

/**
 * What a built cluster takes of the heap, with everyone who acts in it and watches it, in MB (10^6 bytes) per 1,000 pods. Keeps several of
 * them and collects garbage by force, so it has a process of its own, with `--expose-gc`. @throws Error without.
 */
export function measureState(nodes: number, variant: Variant): number {
  const objects = settledW(nodes, variant);
  const scenario = scenarioOf(objects, variant);
  const built: unknown[] = [];
  const build = () => {
    const before = bytesAlive();
    const world = wire(scenario, '1', spreadingOf(variant));
    built.push(world, observe(world, scenario, 'figures'));
    return bytesAlive() - before;
  };
  const sizes = Array.from({ length: WORLDS }, build).sort((a, b) => a - b);
  if (built.length < 2 * WORLDS) throw new Error('a world is missing');
  return (sizes[Math.floor(WORLDS / 2)] ?? 0) / 1000 / objects.pods.length;
}

/** Bytes in use when the garbage is gone. */
function bytesAlive(): number {
  const { gc } = globalThis;
  if (!gc) throw new Error('the state is measured with --expose-gc');
  for (let pass = 0; pass < COLLECTIONS; pass += 1) gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
