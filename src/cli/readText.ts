import { readFileSync } from 'node:fs';

/**
 * The text of the file at `path`: in UTF-8, or in UTF-16 with a byte order mark, which is what PowerShell writes.
 * @throws the error of the system when it cannot be read.
 */
export function readText(path: string): string {
  const bytes = readFileSync(path);
  return new TextDecoder(utf16Of(bytes) ?? 'utf-8', { ignoreBOM: true }).decode(bytes);
}

/** The label of the UTF-16 whose byte order mark `bytes` begin with; undefined when they begin with none. */
export function utf16Of(bytes: Uint8Array): string | undefined {
  return UTF_16.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))?.label;
}

const UTF_16 = [
  { label: 'utf-16le', mark: [0xff, 0xfe] },
  { label: 'utf-16be', mark: [0xfe, 0xff] },
];
