import { AdjutantError } from '@adjutant/core/ports';
import type { LineCounter } from 'yaml';

/** A place in a file, as editors understand it: `file:line:column`. */
export function placeIn(path: string, lines: LineCounter, offset: number | undefined): string {
  if (offset === undefined) return path;
  const { line, col } = lines.linePos(offset);
  return `${path}:${line}:${col}`;
}

/** Returns the error of a configuration that cannot be used. */
export function configError(
  place: string,
  problem: string,
  hint: string,
  cause?: unknown,
): AdjutantError {
  return new AdjutantError('Configuration', `${place}: ${problem}`, { hint, cause });
}
