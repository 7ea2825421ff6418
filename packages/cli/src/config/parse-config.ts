import { type Document, isMap, isScalar, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { z } from 'zod';
import { nearestName, yamlBounds } from '@adjutant/core/ports';
import { configError, placeIn } from './config-error.ts';
import { type Config, configSchema } from './config-schema.ts';
import { type Environment, resolveReferences } from './resolve-references.ts';
import { keysAt } from './schema-node.ts';

export interface ParsedConfig {
  config: Config;
  /** Names of the environment variables whose values stand in it. */
  variables: string[];
  /** Values that must not be printed. */
  secrets: string[];
}

const mostAliases = 100;

/**
 * Returns the configuration that a text holds, with its one address from the environment in place.
 * What is wrong is told by place and kind. Nothing of the text is quoted: it may be any file that
 * somebody linked here.
 * @throws AdjutantError `Configuration` with file, line and column
 */
export function parseConfig(text: string, path: string, env: Environment): ParsedConfig {
  const lines = new LineCounter();
  const document = readDocument(text, path, lines);
  const resolved = resolveReferences(plainValue(document, path), env);
  if ('problem' in resolved) {
    const { problem, hint } = resolved;
    throw configError(placeIn(path, lines, valueOffset(document, resolved.path)), problem, hint);
  }
  const { value, names: variables, secrets } = resolved;
  return { config: validated(value, { document, path, lines }), variables, secrets };
}

interface Place {
  document: Document;
  path: string;
  lines: LineCounter;
}

function readDocument(text: string, path: string, lines: LineCounter): Document {
  const withoutMark = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (withoutMark.includes('\0') || withoutMark.includes('\uFFFD')) {
    throw configError(
      path,
      'the file is no text in UTF-8.',
      'Save it as UTF-8, or check the path.',
    );
  }
  const bounds = yamlBounds(withoutMark);
  if (bounds !== null) {
    const { line, column, message, hint } = bounds;
    throw configError(`${path}:${line}:${column}`, `the file ${message}.`, hint);
  }
  let document: Document;
  try {
    document = parseDocument(withoutMark, {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'silent',
    });
  } catch {
    throw configError(path, 'not valid YAML.', 'Write it flat: keys, values and lists.');
  }
  const [broken] = [...document.errors, ...document.warnings];
  if (broken !== undefined) throw notYaml(broken, path, lines);
  return document;
}

/** Without the parser's words and without it as cause: both quote the file. */
function notYaml({ code, pos }: YAMLError, path: string, lines: LineCounter): Error {
  const kind = code.toLowerCase().replaceAll('_', ' ');
  return configError(
    placeIn(path, lines, pos[0]),
    `not valid YAML (${kind}).`,
    'Correct that line.',
  );
}

function plainValue(document: Document, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases }) ?? {};
  } catch {
    // Without the cause: it quotes the file.
    throw configError(path, 'its aliases cannot be resolved.', 'Write the values out.');
  }
}

function validated(value: unknown, place: Place): Config {
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // A mistyped key comes first: that another one is missing often follows from it.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) {
    throw configError(place.path, 'cannot be used.', 'Compare it with the guide.');
  }
  throw describe(issue, place);
}

function describe(issue: z.core.$ZodIssue, { document, path, lines }: Place): Error {
  const name = knownName(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const known = keysAt(issue.path);
    const near = nearestName(key, known);
    const place = placeIn(path, lines, keyOffset(document, issue.path, key));
    const where = name === '' ? '' : ` in ${name}`;
    const hint = near === null ? `Known here: ${known.join(', ')}.` : `Did you mean "${near}"?`;
    return configError(place, `unknown key${where}.`, hint);
  }
  const place = placeIn(path, lines, valueOffset(document, issue.path));
  const subject = name === '' ? 'the file' : `"${name}"`;
  const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  const problem = isMissing ? `${subject} is missing.` : `${subject} is wrong: ${issue.message}.`;
  return configError(place, problem, 'The guide to the configuration shows every key.');
}

/** Returns the name of a place in words of the schema; a name of the file's own is left out. */
function knownName(path: readonly PropertyKey[]): string {
  return path
    .map((step, at) =>
      typeof step === 'number' || keysAt(path.slice(0, at)).includes(String(step))
        ? String(step)
        : '…',
    )
    .join('.');
}

function keyOffset(
  document: Document,
  path: readonly PropertyKey[],
  key: string,
): number | undefined {
  const map = path.length === 0 ? document.contents : nodeAt(document, path);
  if (!isMap(map)) return undefined;
  const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

/** Where the value stands; where it is missing, where what should hold it stands. */
function valueOffset(document: Document, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node = nodeAt(document, path.slice(0, length));
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      const [offset] = node.range as unknown[];
      if (typeof offset === 'number') return offset;
    }
  }
  return undefined;
}

/** An alias holds what stands elsewhere; then there is no node of its own below it. */
function nodeAt(document: Document, path: readonly PropertyKey[]): unknown {
  try {
    return document.getIn(
      path.map((step) => (typeof step === 'symbol' ? '' : step)),
      true,
    );
  } catch {
    return undefined;
  }
}
