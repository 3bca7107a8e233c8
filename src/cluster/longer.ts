/** What `column` holds with room for more behind it, for so many numbers in all at the least. */
export function longer(column: Int32Array, least: number): Int32Array {
  const numbers = new Int32Array(Math.max(2 * column.length, least));
  numbers.set(column);
  return numbers;
}
