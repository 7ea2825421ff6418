import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { Document, parseDocument } from 'yaml';
import { configFileName } from '../config/find-config.ts';
import type { LoadedConfig } from '../config/load-config.ts';

/** Where the configuration is, or will be. */
export function configPlace({ path }: Pick<LoadedConfig, 'path'>, cwd: string): string {
  return path ?? join(cwd, configFileName);
}

/** Returns what stands at a place in the configuration file now; undefined for nothing. */
export function readSection(place: string, keys: readonly string[]): unknown {
  if (!existsSync(place)) return undefined;
  const document = parseDocument(readFileSync(place, 'utf8'), { prettyErrors: false });
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  return keys.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null && key in found
        ? (found as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  );
}

/**
 * Writes one part of the configuration and leaves every other line, comments and all, as it is. Where
 * there is no file yet, one is made that names the store in use, so that nothing starts over.
 * @throws AdjutantError `Configuration` where the file cannot be read or written
 */
export function writeSection(
  place: string,
  keys: readonly string[],
  value: unknown,
  { store }: { store: string },
): void {
  const document = existsSync(place) ? readFile(place) : new Document({ store });
  if (document.errors.length > 0) {
    throw new AdjutantError('Configuration', `${place} is not valid YAML.`, {
      hint: 'Correct it by hand first: "adjutant doctor" shows the line.',
    });
  }
  document.setIn(keys, document.createNode(value));
  const written = `${place}.new`;
  try {
    writeFileSync(written, document.toString({ lineWidth: 100 }));
    // Whole or not at all: a reader never sees half of it.
    renameSync(written, place);
  } catch (cause) {
    throw new AdjutantError('Configuration', `${place} cannot be written.`, {
      hint: 'Check that you may write in this folder.',
      cause,
    });
  }
}

function readFile(place: string): Document {
  return parseDocument(readFileSync(place, 'utf8'), { prettyErrors: false });
}
