import { z } from 'zod';
import { weekdays } from '../../rolls/MaintenancePlan.ts';
import { closed } from './closed.ts';
import { duration } from './duration.ts';

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'not a time of day, such as 03:00')
  .meta({ description: 'A time of day on the wall clock, such as 03:00' });

const recurringWindow = closed({
  days: z
    .exactOptional(z.array(z.enum(weekdays)).min(1))
    .meta({ description: 'The days on which it opens; every day unless the preset says otherwise' }),
  rrule: z.exactOptional(z.string()).meta({ description: 'In place of days, as RFC 5545 text: FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH' }),
  since: z
    .exactOptional(z.string())
    .meta({ description: 'With an INTERVAL above 1: a date of a week in which it opens, such as 2026-11-26' }),
  start: z.exactOptional(timeOfDay),
  end: z
    .exactOptional(timeOfDay)
    .meta({ description: 'In place of duration: when it closes, the next day unless that is later than start' }),
  duration: z.exactOptional(duration),
});

/** `roll.maintenance` (K11): when nodes may be rolled. What a preset gives as a default may be left out. */
export const maintenance = closed({
  windows: z.array(recurringWindow).min(1),
  exclusions: z
    .exactOptional(z.array(closed({ from: z.string(), to: z.string() })))
    .meta({ description: 'When no window is open: from and to on the wall clock, such as 2026-12-24 or 2026-12-24T18:00' }),
  timeZone: z.exactOptional(z.string()).meta({ description: 'Zone of the wall clock, that of spec.start unless the preset has another' }),
  onClose: z
    .exactOptional(z.enum(['finishInFlightThenPause', 'runOn', 'noNewStart']))
    .meta({ description: 'What a roll does that is not over when its window closes' }),
}).meta({ description: 'Recurring windows in which nodes may be rolled' });

/** `roll.maintenance` as checked. */
export type GivenMaintenance = z.output<typeof maintenance>;

/** One of its windows. */
export type GivenWindow = z.output<typeof recurringWindow>;
