/** A longer column in the place of `column`: `room`, which begins with what `column` holds. */
export function carriedOver<Column extends Int32Array | Float64Array | Uint16Array>(column: Column, room: Column): Column {
  room.set(column);
  return room;
}
