const [QUOTE, BACKSLASH, MINUS, PLUS, POINT, ZERO, NINE] = [0x22, 0x5c, 0x2d, 0x2b, 0x2e, 0x30, 0x39];
const FAILED = -1;

/** The offset after the JSON string whose opening quote is at `start`; -1 if it does not end within `bytes` or is not a JSON string. */
export function endOfString(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; ; at += 1) {
    const byte = bytes[at];
    if (byte === undefined || byte < 0x20) return FAILED;
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) {
      at = endOfEscape(bytes, at + 1);
      if (at === FAILED) return FAILED;
    }
  }
}

const ESCAPES: ReadonlySet<number | undefined> = new Set([...'"\\/bfnrt'].map((each) => each.charCodeAt(0)));
const [LETTER_U, LETTER_E] = [0x75, 0x65];

/** The offset of the last byte of an escape whose backslash stands before `at`. */
function endOfEscape(bytes: Uint8Array, at: number): number {
  if (ESCAPES.has(bytes[at])) return at;
  if (bytes[at] !== LETTER_U) return FAILED;
  for (let digit = 1; digit <= 4; digit += 1) if (!isHexadecimal(bytes[at + digit])) return FAILED;
  return at + 4;
}

function isHexadecimal(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}

/** The offset after the JSON number at `start`; -1 if there is none or it ends with `bytes`, where it might continue. */
export function endOfNumber(bytes: Uint8Array, start: number): number {
  const first = bytes[start] === MINUS ? start + 1 : start;
  let at = bytes[first] === ZERO ? first + 1 : endOfDigits(bytes, first);
  if (at !== FAILED && bytes[at] === POINT) at = endOfDigits(bytes, at + 1);
  if (at === FAILED || ((bytes[at] ?? 0) | 0x20) !== LETTER_E) return at;
  const sign = bytes[at + 1];
  return endOfDigits(bytes, sign === PLUS || sign === MINUS ? at + 2 : at + 1);
}

function endOfDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(bytes[at])) at += 1;
  return at === start ? FAILED : at;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

/** The offset after `true`, `false` or `null` at `start`; -1 when none of them is there. */
export function endOfWord(bytes: Uint8Array, start: number): number {
  const word = bytes[start] === LETTER_N ? NULL : bytes[start] === LETTER_T ? TRUE : FALSE;
  for (let index = 0; index < word.length; index += 1) if (bytes[start + index] !== word[index]) return FAILED;
  return start + word.length;
}

const [LETTER_N, LETTER_T] = [0x6e, 0x74];
const NULL = new TextEncoder().encode('null');
const TRUE = new TextEncoder().encode('true');
const FALSE = new TextEncoder().encode('false');
