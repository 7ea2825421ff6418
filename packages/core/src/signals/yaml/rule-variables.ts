import type { CelVariable } from '../../expressions/cel-variable.ts';
import { mostListEntries, mostTextCharacters } from '../../expressions/cel-steps.ts';
import { type Cel, createCel } from '../../expressions/create-cel.ts';
import type { SignalSubjectKind, SignalSubjects } from '../../domain/signal-subjects/index.ts';
import { type SignalField, signalFields } from '../signal-fields.ts';

export type Subject = SignalSubjects[SignalSubjectKind];

/** A subject is judged in well under a millisecond, whatever its rule says. */
export const mostRuleSteps = 20_000;

const languages = new Map<SignalSubjectKind, Cel<Subject>>();

/** Returns the expressions that rules over a kind of subject are written in. */
export function ruleLanguage(kind: SignalSubjectKind): Cel<Subject> {
  const known = languages.get(kind);
  if (known !== undefined) return known;
  const language = createCel<Subject>({
    variables: new Map(signalFields(kind).map((field) => [field.name, variableOf(field)])),
    unknownWhere: 'it_decides',
    mostSteps: mostRuleSteps,
  });
  languages.set(kind, language);
  return language;
}

function variableOf(field: SignalField): CelVariable<Subject> {
  return {
    type: field.type,
    read: (subject) => bounded(valueOf(subject, field)),
    values: field.values ?? undefined,
  };
}

/** Returns what a subject has in a field; null where that is not known. */
export function valueOf(subject: Subject, { property }: SignalField): unknown {
  const fields: Readonly<Record<string, unknown>> = subject;
  return fields[property] ?? null;
}

/** How long an expression takes was counted for values of this size. */
function bounded(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, mostTextCharacters);
  if (!Array.isArray(value)) return value;
  return value.slice(0, mostListEntries).map((entry) => String(entry).slice(0, mostTextCharacters));
}
