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
  let left = valuesShown;
  for (const name of Object.keys(values)) {
    const { shownName, form } = columnForm(name);
    const value = values[name];
    if (form === 'none' || value === undefined) continue;
    if (left === 0) break;
    left -= 1;
    shown[shownName] = show(value, form);
  }
  return shown;
}

interface ColumnForm {
  shownName: string;
  form: 'hours' | 'instant' | 'value' | 'none';
}

// Columns are those of our tables and metrics: few, and the same in every row.
const columnForms = new Map<string, ColumnForm>();
const formsKept = 1_000;

function columnForm(name: string): ColumnForm {
  const known = columnForms.get(name);
  if (known !== undefined) return known;
  const form = makeColumnForm(name);
  if (columnForms.size >= formsKept) columnForms.clear();
  columnForms.set(name, form);
  return form;
}

function makeColumnForm(name: string): ColumnForm {
  // Keys of the vendor say again what stands beside the values under our own names.
  if (/^source$|ExternalId$/.test(name)) return { shownName: name, form: 'none' };
  if (name.endsWith('Ms')) {
    return { shownName: `${snakeCase(name.slice(0, -2))}_hours`, form: 'hours' };
  }
  return { shownName: snakeCase(name), form: name.endsWith('At') ? 'instant' : 'value' };
}

function show(value: Value, form: ColumnForm['form']): Value {
  if (typeof value === 'string') return boundedText(value, titleMaxCharacters);
  if (typeof value !== 'number') return value;
  if (form === 'hours') return hoursFromMs(value);
  return form === 'instant' ? instantText(value) : rounded(value);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
