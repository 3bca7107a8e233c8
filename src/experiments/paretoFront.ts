/** What a setting takes and what it costs, both to be small. */
interface TradeOff {
  readonly durationSeconds: number;
  readonly outageSeconds: number;
}

/**
 * Those of `settings` that no other beats by being at least as good in both duration and outage and better in one of them. The shortest
 * comes first, and each one after it has less outage than the one before; settings that are equal in both are all kept.
 */
export function paretoFront<T>(settings: readonly T[], tradeOffOf: (setting: T) => TradeOff): T[] {
  const shortestFirst = settings
    .map((setting) => ({ setting, ...tradeOffOf(setting) }))
    .sort((a, b) => a.durationSeconds - b.durationSeconds || a.outageSeconds - b.outageSeconds);
  let last: TradeOff = { durationSeconds: 0, outageSeconds: Number.POSITIVE_INFINITY };
  return shortestFirst.flatMap(({ setting, ...tradeOff }) => {
    const isEqual = tradeOff.durationSeconds === last.durationSeconds && tradeOff.outageSeconds === last.outageSeconds;
    if (!isEqual && tradeOff.outageSeconds >= last.outageSeconds) return [];
    last = tradeOff;
    return [setting];
  });
}
