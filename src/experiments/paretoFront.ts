/** What a setting takes and what it costs, both to be small. */
interface TradeOff {
  readonly durationSeconds: number;
  readonly outageSeconds: number;
}

/**
 * Those of `settings` that no other one beats: none is at least as short and down for as little, and better in one of the two. The shortest
 * comes first, and each that follows is down for less; of settings that are equal in both all are kept.
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
