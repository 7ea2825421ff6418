import { z } from 'zod';
import { boundedText, titleMaxCharacters } from './bounded-text.ts';
import { hoursFromMs, rounded } from './figures.ts';
import { instantText } from './instant-text.ts';

type Value = number | string | boolean | null;

const valuesShown = 40;

/** Values under names that depend on what was asked for. */
export const namedValuesSchema = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.boolean(), z.null()]),
);

/**
 * Returns columns of a row the way answers show them: `codingMs` as `coding_hours`, `mergedAt` as
 * UTC text under `merged_at`, any other under its name in snake case.
 */
export function namedValues(values: Readonly<Record<string, Value>>): Record<string, Value> {
  const shown: Record<string, Value> = {};
  // Keys of the vendor say again what stands beside the values under our own names.
  const entries = Object.entries(values).filter(([name]) => !/^source$|ExternalId$/.test(name));
  for (const [name, value] of entries.slice(0, valuesShown)) {
    const [shownName, shownValue] = show(name, value);
    shown[shownName] = shownValue;
  }
  return shown;
}

function show(name: string, value: Value): [string, Value] {
  const isFigure = typeof value === 'number';
  if (name.endsWith('Ms') && (isFigure || value === null)) {
    return [`${snakeCase(name.slice(0, -2))}_hours`, hoursFromMs(value)];
  }
  if (name.endsWith('At') && isFigure) return [snakeCase(name), instantText(value)];
  if (isFigure) return [snakeCase(name), rounded(value)];
  if (typeof value === 'string') return [snakeCase(name), boundedText(value, titleMaxCharacters)];
  return [snakeCase(name), value];
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
