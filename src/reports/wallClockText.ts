const TEXT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?:(?!:00[^.\d]):\d\d(?:\.\d+)?)?)(?::00)?(Z|[+-]\d\d:\d\d)?(?:\[([^\]]+)\])?$/;

/** `2026-11-24T02:00:00+01:00[Europe/Berlin]` -> `2026-11-24 02:00 +01:00 Europe/Berlin`; seconds only where there are some. */
export function wallClockText(time: string): string {
  const parts = TEXT.exec(time);
  return parts === null ? time : [parts[1], parts[2], parts[3], parts[4]].filter((part) => part !== undefined).join(' ');
}

/** Without the name of the zone. The offset stays, for the hour that the clock shows twice. */
export function localTimeText(time: string): string {
  return wallClockText(time)
    .split(' ')
    .slice(0, 3)
    .join(' ')
    .replace(/ (?=[-+Z])/, '');
}
