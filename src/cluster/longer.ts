/** A copy of `column` that is at least twice as long and has room for at least `least` numbers. */
export function longer(column: Int32Array, least: number): Int32Array {
  const numbers = new Int32Array(Math.max(2 * column.length, least));
  numbers.set(column);
  return numbers;
}
