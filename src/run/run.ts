import type { RollFacts } from '../rolls/RollFacts.ts';
import { roll } from '../rolls/roll.ts';
import type { Disturbance, Scenario } from '../scenario/Scenario.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Process, Running } from '../sim/Process.ts';
import { after, type Instant, START } from '../units.ts';
import { disturb } from './disturb.ts';
import { failMachine } from './failMachine.ts';
import { type Detail, observe } from './observe.ts';
import type { RunEnding } from './Remains.ts';
import type { RunResult } from './RunResult.ts';
import { rollEnd } from './rollEnd.ts';
import { summarize } from './summarize.ts';
import { type World, wire } from './wire.ts';

/** Gets the world before anything happens in it, to subscribe to changes; must not change it. */
export type Watch = (world: World) => void;

/**
 * Forecasts one roll: builds the cluster of `scenario`, lets it settle, rolls it, and drives the clock until nothing is left to happen
 * or the horizon is reached. A pure function: the same scenario and seed give the same result.
 */
export function run(scenario: Scenario, seed: string, detail: Detail = 'everything', watch: Watch = () => {}): RunResult {
  const world = wire(scenario, seed);
  watch(world);
  settle(world);
  const probes = observe(world, scenario, detail);
  for (const disturbance of scenario.disturbances) schedule(world, disturbance);
  const rolling = world.sim.start('roll', roll(world.roll, scenario.roll));
  const ending = drive(world, rolling, scenario);
  const facts = rolling.result();
  return summarize({ scenario, seed, world, probes, facts, ending, countedUntil: endOfCount(scenario, facts) });
}

/** Creates and places the pods of workloads that have none, all at t = 0 and in no time. */
function settle(world: World): void {
  world.sim.run(START);
  world.endSettling();
}

function schedule({ sim, cluster, roll: context }: World, disturbance: Disturbance): void {
  const fire = () => {
    if (disturbance.kind === 'stopNode' || disturbance.kind === 'startNode') failMachine(context, disturbance);
    else disturb(cluster, disturbance, sim.now);
  };
  sim.schedule({ kind: 'disturbance', entity: disturbance.kind, fire }, disturbance.at, 'Change');
}

/**
 * Drives the clock until the roll ends or the horizon is reached.
 *
 * A roll that nothing can move any more is kept waiting up to the horizon, so that its outages get their true length. A background activity
 * (the pod autoscaler) may still free it before then; in that case it was not stuck.
 */
function drive({ sim, roll: { closing } }: World, rolling: Running<RollFacts>, { horizon }: Scenario): RunEnding {
  const end = after(START, horizon);
  sim.run(end);
  if (rolling.isDone) return 'finished';
  const giveUp = () => closing.close(REASONS[sim.isIdle ? 'stuck' : 'horizon']);
  const horizonEvent = sim.schedule({ kind: 'horizon', entity: '', fire: giveUp }, end, 'Observe');
  sim.start('horizon', calledOff(horizonEvent, rolling));
  sim.run(end);
  if (closing.reason === undefined) return 'finished';
  return closing.reason === REASONS.stuck ? 'stuck' : 'horizon';
}

function* calledOff(event: EventHandle, rolling: Running<RollFacts>): Process<void> {
  yield rolling.done;
  event.cancel();
}

const REASONS = {
  stuck: 'nothing that is left to happen can let it go on',
  horizon: 'the run reached its horizon',
};

/**
 * Up to when outages and waits are counted. Once nothing happens any more, the state lasts to the horizon; a recording counts only to the
 * end of its roll.
 */
function endOfCount({ countsUntil, horizon }: Scenario, { resets }: RollFacts): Instant {
  return countsUntil === 'rollEnd' ? rollEnd(resets) : after(START, horizon);
}
