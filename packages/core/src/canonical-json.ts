import { AdjutantError } from './errors.ts';

/** Deeper than any payload that a person could review; it keeps hostile input off the stack. */
const deepestNesting = 200;

/**
 * Returns the one text that a JSON value has: keys sorted by UTF-16 code units, no white space,
 * numbers as ECMAScript writes them. Equal values give equal bytes, so the text can be hashed.
 *
 * @source RFC 8785 (JSON Canonicalization Scheme)
 * @throws InvalidInput for what JSON cannot carry without loss: `undefined`, functions, symbols,
 * big integers, NaN and infinities, half a surrogate pair, class instances, cycles.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0);
}

function write(value: unknown, path: string, depth: number): string {
  if (value === null || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value === 'string') {
    return writeText(value, path);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      throw refused(path, `the number ${value}`);
    }
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') {
    throw refused(path, value === undefined ? 'undefined' : `a ${typeof value}`);
  }
  if (depth >= deepestNesting) {
    throw refused(path, `more than ${deepestNesting} levels, or a cycle`);
  }
  return Array.isArray(value) ? writeArray(value, path, depth) : writeObject(value, path, depth);
}

function writeArray(items: readonly unknown[], path: string, depth: number): string {
  // Not `map`, which would skip holes instead of refusing them.
  const parts: string[] = [];
  for (let index = 0; index < items.length; index += 1) {
    parts.push(write(items[index], `${path}[${index}]`, depth + 1));
  }
  return `[${parts.join(',')}]`;
}

function writeObject(value: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw refused(path, 'an instance of a class, such as a date');
  }
  const parts = Object.entries(value)
    // The default order of `sort` is by UTF-16 code units, as the RFC asks.
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([key, member]) => `${writeText(key, path)}:${write(member, `${path}.${key}`, depth + 1)}`,
    );
  return `{${parts.join(',')}}`;
}

function writeText(text: string, path: string): string {
  if (!text.isWellFormed()) {
    throw refused(path, 'text with half a surrogate pair');
  }
  return JSON.stringify(text);
}

function refused(path: string, what: string): AdjutantError {
  return new AdjutantError(
    'InvalidInput',
    `${path.slice(0, 200)} holds ${what}, which JSON cannot carry`,
    {
      hint: 'Pass plain objects, arrays, text, finite numbers, booleans and null.',
    },
  );
}
