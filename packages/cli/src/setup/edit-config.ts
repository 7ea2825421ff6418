import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdjutantError, yamlBounds } from '@adjutant/core/ports';
import { Document, parseDocument } from 'yaml';
import { configFileName } from '../config/find-config.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { replaceFile } from '../replace-file.ts';

/** Where the configuration is, or will be. */
export function configPlace({ path }: Pick<LoadedConfig, 'path'>, cwd: string): string {
  return path ?? join(cwd, configFileName);
}

/** Returns what stands at a place in the configuration file now; undefined for nothing. */
export function readSection(place: string, keys: readonly string[]): unknown {
  if (!existsSync(place)) return undefined;
  const document = readConfigDocument(place);
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
  const document = existsSync(place) ? readConfigDocument(place) : new Document({ store });
  if (document.errors.length > 0) {
    throw new AdjutantError('Configuration', `${place} is not valid YAML.`, {
      hint: 'Correct it by hand first: "adjutant doctor" shows the line.',
    });
  }
  document.setIn(keys, document.createNode(value));
  try {
    replaceFile(place, document.toString({ lineWidth: 100 }));
  } catch (cause) {
    throw new AdjutantError('Configuration', `${place} cannot be written.`, {
      hint: 'Check that you may write in this folder.',
      cause,
    });
  }
}

/**
 * Returns a configuration file as it may be edited.
 * @throws AdjutantError `Configuration` where its reader would take too long over it
 */
export function readConfigDocument(place: string): Document {
  const text = readFileSync(place, 'utf8');
  const bounds = yamlBounds(text);
  if (bounds !== null) {
    const { line, column, message, hint } = bounds;
    throw new AdjutantError('Configuration', `${place}:${line}:${column}: the file ${message}.`, {
      hint,
    });
  }
  return parseDocument(text, { prettyErrors: false });
}
