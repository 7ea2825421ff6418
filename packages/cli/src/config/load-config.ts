import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { nearestName } from '@adjutant/core/ports';
import { configError, placeIn } from './config-error.ts';
import { type Config, configSchema, keysAt } from './config-schema.ts';
import { dataFolder, ensurePrivateFolder } from './data-folder.ts';
import { resolveReferences } from './environment-references.ts';
import { findConfig } from './find-config.ts';

const largestFileBytes = 1_000_000;

export interface LoadedConfig {
  /** Null where there is no file: then nothing but the user's own store is there. */
  path: string | null;
  /** What relative paths in the file are relative to. */
  folder: string;
  config: Config;
  /** Names of the environment variables that the file refers to. */
  variables: string[];
}

/**
 * Returns the configuration that holds here, with its environment references replaced and their
 * values noted as secrets. @throws AdjutantError `Configuration` with file, line and column
 */
export function loadConfig(context: CommandContext): LoadedConfig {
  const path = findConfig(context.io.cwd, context.configPath);
  if (path === null) {
    const folder = dataFolder(context.io);
    ensurePrivateFolder(folder);
    const config = configSchema.parse({ store: join(folder, 'adjutant.db') });
    return { path, folder, config, variables: [] };
  }
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const problem = broken.message.split('\n')[0] ?? 'cannot be read';
    throw configError(
      placeIn(path, lines, broken.pos[0]),
      `not valid YAML: ${problem}.`,
      'Correct that line.',
      broken,
    );
  }
  const { names, secrets } = resolveReferences(document, { env: context.io.env, path, lines });
  context.secrets.push(...secrets);
  return {
    path,
    folder: dirname(path),
    config: validated(document, path, lines),
    variables: names,
  };
}

function readText(path: string): string {
  try {
    if (statSync(path).size <= largestFileBytes) return readFileSync(path, 'utf8');
  } catch (cause) {
    throw configError(path, 'the file cannot be read.', 'Check its permissions.', cause);
  }
  throw configError(
    path,
    'the file is larger than 1 MB.',
    'A configuration is a page of text; check the path.',
  );
}

function validated(document: Document, path: string, lines: LineCounter): Config {
  const parsed = configSchema.safeParse(plainValue(document, path));
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // A mistyped key comes first: that another one is missing often follows from it.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) throw configError(path, 'cannot be used.', 'Compare it with the guide.');
  throw describe(issue, document, path, lines);
}

function plainValue(document: Document, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch {
    // Without the cause: it quotes the file.
    throw configError(path, 'its aliases cannot be resolved.', 'Write the values out.');
  }
}

function describe(
  issue: z.core.$ZodIssue,
  document: Document,
  path: string,
  lines: LineCounter,
): Error {
  const name = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const known = keysAt(issue.path);
    const near = nearestName(key, known);
    const place = placeIn(path, lines, keyOffset(document, issue.path, key));
    const where = name === '' ? '' : ` in ${name}`;
    const hint = near === null ? `Known here: ${known.join(', ')}.` : `Did you mean "${near}"?`;
    return configError(place, `unknown key "${key}"${where}.`, hint);
  }
  const place = placeIn(path, lines, valueOffset(document, issue.path));
  const subject = name === '' ? 'the file' : `"${name}"`;
  const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  const problem = isMissing ? `${subject} is missing.` : `${subject} is wrong: ${issue.message}.`;
  return configError(place, problem, 'The guide to the configuration shows every key.');
}

function keyOffset(
  document: Document,
  path: readonly PropertyKey[],
  key: string,
): number | undefined {
  const map = path.length === 0 ? document.contents : document.getIn(path.map(String), true);
  if (!isMap(map)) return undefined;
  const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

/** Where the value stands; where it is missing, where what should hold it stands. */
function valueOffset(document: Document, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(
      path.slice(0, length).map((step) => (typeof step === 'symbol' ? '' : step)),
      true,
    );
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      const [offset] = node.range as unknown[];
      if (typeof offset === 'number') return offset;
    }
  }
  return undefined;
}
