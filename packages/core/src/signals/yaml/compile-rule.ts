import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SuggestedAction } from '../../domain/signal.ts';
import type { CelExpression } from '../../expressions/create-cel.ts';
import type { AnySignalRule, SignalContext, SignalOutcome } from '../define-signal.ts';
import { type SignalField, signalFields } from '../signal-fields.ts';
import type { RuleForm } from './rule-schema.ts';
import type { RuleTemplate } from './rule-template.ts';
import { type Subject, valueOf } from './rule-variables.ts';

/** The parts of a rule, each of them checked. */
export interface RuleParts {
  form: RuleForm;
  when: CelExpression<Subject>;
  until: CelExpression<Subject> | null;
  /** Null where it is told from when it was found. */
  since: SignalField | null;
  explain: RuleTemplate;
  suggest: ((subject: Subject) => SuggestedAction | null) | null;
}

type Context = Omit<SignalContext<unknown>, 'params'>;

/** As many as take some twenty milliseconds. */
const stepsAtOnce = 200_000;
const noParams = z.strictObject({});

/** Returns a rule that was read from a file as one that the engine can run. */
export function compileRule(parts: RuleParts, fileName: string): AnySignalRule {
  const { form, when, until } = parts;
  const fields = signalFields(form.subject);
  const rule: AnySignalRule = {
    id: form.id,
    version: versionOf(form),
    title: form.title,
    description: form.description ?? descriptionOf(form),
    subject: form.subject,
    severity: form.severity,
    cadence: form.every === 'day' ? 'daily' : 'sync',
    clearAfterHours: form.clear_after_hours ?? 0,
    params: {},
    paramsSchema: noParams,
    origin: fileName,
    judgedAtOnce: Math.max(1, Math.floor(stepsAtOnce / Math.max(when.steps, until?.steps ?? 0))),
    evaluate: (subject, context) => judge(parts, fields, subject, context),
    suggest(subject) {
      const suggestion = parts.suggest?.(subject) ?? null;
      return suggestion === null ? [] : [suggestion];
    },
    withParams(given) {
      noParams.parse(given);
      return rule;
    },
  };
  return rule;
}

function judge(
  { when, until, since, explain }: RuleParts,
  fields: readonly SignalField[],
  subject: Subject,
  { isOpen, now, timeZone }: Context,
): SignalOutcome {
  const asked = isOpen && until !== null ? until : when;
  const answer = asked.holds(subject);
  if (answer === null) return { unknown: reasonOf(asked, fields, subject) };
  if (asked === until ? answer : !answer) return null;
  const at = since === null ? null : valueOf(subject, since);
  return {
    since: typeof at === 'number' ? at : now,
    sentence: explain.render(subject, timeZone),
    facts: factsOf([...when.names, ...explain.names], fields, subject),
  };
}

function reasonOf(
  { names }: CelExpression<Subject>,
  fields: readonly SignalField[],
  subject: Subject,
): string {
  const missing = fields.find(
    (field) => names.includes(field.name) && valueOf(subject, field) === null,
  );
  return missing === undefined ? 'what it asks cannot be computed' : `${missing.name} is not known`;
}

/** Figures and words of closed lists; lengths of time in whole hours or days, so that they stand still. */
function factsOf(
  names: readonly string[],
  fields: readonly SignalField[],
  subject: Subject,
): Record<string, number | string | boolean | null> {
  const facts: [string, number | string | boolean | null][] = [];
  for (const field of fields) {
    if (!names.includes(field.name) || field.name === 'as_of') continue;
    const value = valueOf(subject, field);
    if (typeof value === 'number') facts.push([field.name, settled(value, field.unit)]);
    else if (typeof value === 'boolean' || value === null) facts.push([field.name, value]);
    else if (typeof value === 'string' && field.values !== null) facts.push([field.name, value]);
  }
  return Object.fromEntries(facts);
}

function settled(value: number, unit: SignalField['unit']): number {
  if (unit !== 'hours') return value;
  return value < 48 ? Math.floor(value) : Math.floor(value / 24) * 24;
}

function descriptionOf({ when, until }: RuleForm): string {
  return `Found where ${when}. Over ${until === undefined ? 'where that is not so' : `where ${until}`}.`;
}

/** A number that is another one wherever the rule says something else; its tests are no part of it. */
function versionOf({ tests: _, ...form }: RuleForm): number {
  const hash = createHash('sha256').update(JSON.stringify(form));
  return (hash.digest().readUInt32BE(0) % 999_999) + 1;
}
