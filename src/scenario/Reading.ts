import type { z } from 'zod';
import type { ErrorCode, Fault, Position } from '../errors.ts';
import type { LocatedObject } from './LocatedObject.ts';
import { nearest } from './nearest.ts';
import type { Finding, InputOrigin, NotModelled, Origin } from './Scenario.ts';
import { schemaFaults } from './schemaFaults.ts';

export type Path = readonly PropertyKey[];

/** A scenario document while it is read: gives its sections, and collects what there is to say about them. */
export class Reading {
  readonly document: LocatedObject;
  /** Texts of the files that the scenario names, by path as written; a file that could not be read is absent. */
  readonly files: ReadonlyMap<string, string>;
  readonly faults: Fault[] = [];
  readonly inputs: InputOrigin[] = [];
  readonly notModelled: NotModelled[] = [];
  readonly warnings: Finding[] = [];
  private readonly overridden: readonly Path[];

  constructor(document: LocatedObject, files: ReadonlyMap<string, string>, overridden: readonly Path[] = []) {
    this.document = document;
    this.files = files;
    this.overridden = overridden;
  }

  /** The value at `path`, undefined when it is not there. */
  at(path: Path): unknown {
    let value = this.document.value;
    for (const segment of path) {
      if (typeof value !== 'object' || value === null) return undefined;
      value = Reflect.get(value, segment);
    }
    return value;
  }

  /** The section at `path` as `schema` gives it; undefined when it is wrong, with its faults noted. */
  section<T>(path: Path, schema: z.ZodType<T>): T | undefined {
    const result = schema.safeParse(this.at(path));
    if (result.success) return result.data;
    for (const { code, path: inner, part, message, hint } of schemaFaults(result.error.issues, this.at(path), 'SCENARIO_INVALID')) {
      this.refuse({ code, path: [...path, ...inner], part, message, hint: hint ?? 'rollcast schema tells what belongs here' });
    }
    return undefined;
  }

  /** Like {@link section}, `fallback` when the section is not given. */
  optionalSection<T>(path: Path, schema: z.ZodType<T>, fallback: T): T | undefined {
    return this.at(path) === undefined ? fallback : this.section(path, schema);
  }

  /** Notes a fault at `path`; `part` `key` points at the key instead of the value. */
  refuse({ code = 'SCENARIO_INVALID', path, part = 'value', message, hint }: PathFault): void {
    const position = this.position(path, part);
    this.faults.push({
      code,
      path: shownPath(path),
      message,
      ...(position ? { position } : {}),
      ...(hint === undefined ? {} : { hint }),
    });
  }

  /** Where `path` stands in the scenario file; undefined for a value that came from the command line. */
  position(path: Path, part: 'key' | 'value' = 'value'): Position | undefined {
    const isOverridden = this.overridden.some((override) => override.every((segment, index) => String(segment) === String(path[index])));
    return isOverridden ? undefined : this.document.locate(path, part);
  }

  /** The text of a file that the scenario names at `path`; undefined if it could not be read, which is noted as a fault. */
  file(file: string, path: Path): string | undefined {
    const text = this.files.get(file);
    if (text === undefined) {
      this.refuse({ code: 'FILE_UNREADABLE', path, message: `cannot read "${file}"`, hint: 'paths are relative to the scenario file' });
    }
    return text;
  }

  /** Notes a fault in a line of a file that the scenario names; lines count from 1. */
  refuseLine(file: string, line: number, message: string, hint: string): void {
    this.faults.push({ code: 'SCENARIO_INVALID', position: { file, line, column: 1 }, message, hint });
  }

  /** Notes where an input that matters came from. */
  input(name: string, origin: Origin, value: string): void {
    this.inputs.push({ name, origin, value });
  }
}

/** What a fault says, and the path in the scenario that it is about. */
export interface PathFault {
  readonly code?: ErrorCode;
  readonly path: Path;
  readonly part?: 'key' | 'value';
  readonly message: string;
  readonly hint?: string;
}

/** A path as people write it, without the leading `spec`: `roll.drain.timeout`, `timing.nodes[0].reset`. */
export function shownPath(path: Path): string {
  const shown = path[0] === 'spec' && path.length > 1 ? path.slice(1) : path;
  return dottedPath(shown);
}

/** A path with dots and bracketed indexes: `spec.nodeIDs[2]`. */
export function dottedPath(path: Path): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`;
    return text === '' ? String(segment) : `${text}.${String(segment)}`;
  }, '');
}

/** The hint of an unknown name: the one that was probably meant, and the first few that there are. */
export function namesHint(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  const shown = known.slice(0, 8).join(', ');
  const more = known.length > 8 ? ` and ${known.length - 8} more` : '';
  return `${meant === undefined ? '' : `did you mean ${meant}? `}${known.length === 0 ? 'there are none' : `there are ${shown}${more}`}`;
}
