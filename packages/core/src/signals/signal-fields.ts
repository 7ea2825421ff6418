import { z } from 'zod';
import { type SignalSubjectKind, signalSubjectSchemas } from '../domain/signal-subjects/index.ts';

/** A field of a subject, as a rule in YAML names and types it. */
export interface SignalField {
  /** In a rule: `waiting_since`. */
  name: string;
  /** Of the subject: `waitingSince`. */
  property: string;
  type: 'bool' | 'double' | 'string' | 'list<string>';
  description: string;
  isNullable: boolean;
  /** The only texts that it can be, where there are so few. */
  values: readonly string[] | null;
  /** What a number counts; null where the description says so, and for what is no number. */
  unit: 'instant' | 'hours' | 'minutes' | 'seconds' | 'share' | null;
}

const notAsked = /evidence$|PersonIds?$/i;

const known = new Map<SignalSubjectKind, readonly SignalField[]>();

/**
 * Returns what rules can ask of a kind of subject. Persons are left out: a rule looks at work, and
 * cannot be made to look at somebody. So are rows in lists, which an expression could not go through.
 */
export function signalFields(kind: SignalSubjectKind): readonly SignalField[] {
  const found = known.get(kind);
  if (found !== undefined) return found;
  const shape: Readonly<Record<string, z.ZodType>> = signalSubjectSchemas[kind].shape;
  const fields = Object.entries(shape).flatMap(([property, schema]) =>
    notAsked.test(property) ? [] : fieldOf(property, schema),
  );
  known.set(kind, fields);
  return fields;
}

function fieldOf(property: string, schema: z.ZodType): SignalField[] {
  const isNullable = schema instanceof z.ZodNullable;
  const inner: unknown = isNullable ? schema.unwrap() : schema;
  const typed = typeOf(inner);
  if (typed === null) return [];
  const name = property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return [
    {
      name,
      property,
      description: schema.description ?? '',
      isNullable,
      unit: typed.type === 'double' ? unitOf(name) : null,
      ...typed,
    },
  ];
}

function typeOf(schema: unknown): Pick<SignalField, 'type' | 'values'> | null {
  if (schema instanceof z.ZodNumber) return { type: 'double', values: null };
  if (schema instanceof z.ZodBoolean) return { type: 'bool', values: null };
  if (schema instanceof z.ZodString) return { type: 'string', values: null };
  if (schema instanceof z.ZodEnum) return { type: 'string', values: schema.options.map(String) };
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodString) {
    return { type: 'list<string>', values: null };
  }
  return null;
}

function unitOf(name: string): SignalField['unit'] {
  if (name === 'as_of' || /_(?:at|since)$/.test(name)) return 'instant';
  if (name.endsWith('_hours')) return 'hours';
  if (name.endsWith('_minutes')) return 'minutes';
  if (name.endsWith('_seconds')) return 'seconds';
  return name.endsWith('_share') ? 'share' : null;
}
