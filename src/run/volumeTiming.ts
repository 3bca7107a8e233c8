import type { VolumeTiming } from '../controllers/VolumeTiming.ts';
import type { VolumeTimes } from '../scenario/Scenario.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { sample } from '../sim/sample.ts';

/** Draws how long attaching and the rest take, from a stream for each volume, claim or pod; undefined when `times` are not given. */
export function volumeTiming(sim: Simulation, times: VolumeTimes | undefined): VolumeTiming | undefined {
  return (
    times && {
      attach: (volume) => sample(times.attach, sim.stream('attach', volume)),
      detach: (volume) => sample(times.detach, sim.stream('detach', volume)),
      provision: (claim) => sample(times.provision, sim.stream('provision', claim)),
      unmount: (pod) => sample(times.unmount, sim.stream('unmount', pod.key)),
      report: times.report,
    }
  );
}
