import { signalSubjectSchemas } from '../../domain/signal-subjects/index.ts';
import { nearestName } from '../../nearest-name.ts';
import type { AnySignalRule, SignalOutcome } from '../define-signal.ts';
import { quietSubject } from '../quiet-subjects.ts';
import { type SignalField, signalFields } from '../signal-fields.ts';
import type { RuleForm, RuleTestForm } from './rule-schema.ts';
import { type Subject, valueOf } from './rule-variables.ts';

const expectations = ['fires', 'clears', 'unknown'] as const;
export type RuleExpectation = (typeof expectations)[number];

/** A test of a rule, checked: what is expected of which subject. */
export interface RuleTest {
  name: string;
  expected: RuleExpectation;
  /** Names of the fields that the test gives. */
  given: ReadonlySet<string>;
  subject: Subject;
  sentence: string | null;
}

/** Why a test cannot be run, and where in it. */
export interface RuleTestProblem {
  path: readonly string[];
  message: string;
  hint: string;
}

export interface RuleTestResult {
  name: string;
  expected: RuleExpectation;
  /** What the rule says instead or as well: `fires`, `clears` or `unknown`. */
  came: RuleExpectation;
  passed: boolean;
  /** What makes the difference, in words: the fields that the rule asked for, with their values. */
  differences: readonly string[];
}

/** Returns a test as it stands in a file, or what is wrong with it. */
export function readRuleTest(form: RuleTestForm, rule: RuleForm): RuleTest | RuleTestProblem {
  const said = expectations.filter((expectation) => form[expectation] !== undefined);
  const [expected] = said;
  if (expected === undefined || said.length > 1) {
    return {
      path: [],
      message: expected === undefined ? 'expects nothing' : `expects ${said.join(' and ')} at once`,
      hint: 'Write one of fires, clears and unknown, with the fields of the subject.',
    };
  }
  const given = form[expected] ?? {};
  const read = readGiven(given, rule);
  if ('message' in read) return { ...read, path: [expected, ...read.path] };
  return {
    name: form.name ?? `${expected} with ${wordsOf(given)}`,
    expected,
    given: new Set(Object.keys(given)),
    subject: read.subject,
    sentence: form.sentence ?? null,
  };
}

function wordsOf(given: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(given).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const text = words.join(', ');
  if (text === '') return 'nothing given';
  return text.length > 90 ? `${text.slice(0, 89)}…` : text;
}

function readGiven(
  given: Readonly<Record<string, unknown>>,
  { subject: kind }: RuleForm,
): { subject: Subject } | RuleTestProblem {
  const fields = signalFields(kind);
  const shape: Readonly<Record<string, { safeParse(value: unknown): { success: boolean } }>> =
    signalSubjectSchemas[kind].shape;
  const set: [string, unknown][] = [];
  for (const [name, raw] of Object.entries(given)) {
    const field = fields.find((known) => known.name === name);
    if (field === undefined) return unknownField(name, fields);
    const value = field.unit === 'instant' ? instantOf(raw) : raw;
    if (shape[field.property]?.safeParse(value).success !== true) {
      return {
        path: [name],
        message: `gives ${name} a value that it cannot have`,
        hint: typeWords(field),
      };
    }
    set.push([field.property, value]);
  }
  return { subject: { ...quietSubject(kind), ...Object.fromEntries(set) } };
}

function unknownField(name: string, fields: readonly SignalField[]): RuleTestProblem {
  const names = fields.map((known) => known.name);
  const meant = nearestName(name, names);
  const hint = meant === null ? `There are: ${names.join(', ')}.` : `Did you mean ${meant}?`;
  return { path: [name], message: `gives the unknown field "${name.slice(0, 60)}"`, hint };
}

/** An instant may be written as people do: 2026-09-01, or 2026-09-01T10:00Z. */
function instantOf(raw: unknown): unknown {
  if (typeof raw !== 'string' || !/^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?$/.test(raw)) return raw;
  const instant = Date.parse(raw);
  return Number.isNaN(instant) ? raw : instant;
}

function typeWords({ name, type, values, unit, isNullable }: SignalField): string {
  const kind =
    values !== null
      ? `one of ${values.join(', ')}`
      : unit === 'instant'
        ? 'an instant, such as 2026-09-01T10:00Z'
        : { bool: 'true or false', double: 'a number', string: 'text', 'list<string>': 'a list' }[
            type
          ];
  return `${name} is ${kind}${isNullable ? ', or null where it is not known' : ''}.`;
}

/** Returns how a rule does in its tests. */
export function runRuleTests(
  rule: AnySignalRule,
  tests: readonly RuleTest[],
  asked: Readonly<Record<'when' | 'until', readonly string[]>>,
): RuleTestResult[] {
  return tests.map((test) => {
    // A finding that is open is over where the rule says so; one that is not comes up where it does.
    const isOpen = test.expected === 'clears';
    const outcome = rule.evaluate(test.subject, {
      now: test.subject.asOf,
      isOpen,
      timeZone: 'UTC',
    });
    const came = cameOf(outcome);
    const differences =
      came === test.expected
        ? sentenceDifference(test, outcome)
        : [
            `expected: ${test.expected}; it ${cameWords[came]}`,
            ...fieldWords(isOpen ? asked.until : asked.when, test, rule),
          ];
    const { name, expected } = test;
    return { name, expected, came, passed: differences.length === 0, differences };
  });
}

const cameWords: Readonly<Record<RuleExpectation, string>> = {
  fires: 'fires',
  clears: 'says nothing',
  unknown: 'cannot tell',
};

function cameOf(outcome: SignalOutcome): RuleExpectation {
  if (outcome === null) return 'clears';
  return 'unknown' in outcome ? 'unknown' : 'fires';
}

function sentenceDifference({ sentence }: RuleTest, outcome: SignalOutcome): string[] {
  if (sentence === null) return [];
  const came = outcome === null || 'unknown' in outcome ? null : outcome.sentence;
  return came === sentence
    ? []
    : [`sentence: expected "${sentence}", it is ${came === null ? 'none' : `"${came}"`}`];
}

function fieldWords(
  names: readonly string[],
  { given, subject }: RuleTest,
  { subject: kind }: AnySignalRule,
): string[] {
  return signalFields(kind)
    .filter(({ name }) => names.includes(name))
    .map((field) => {
      const value = valueOf(subject, field);
      const shown =
        field.unit === 'instant' && typeof value === 'number'
          ? new Date(value).toISOString()
          : (JSON.stringify(value) ?? 'unknown');
      return `${field.name}: ${shown}${given.has(field.name) ? '' : ' (not given)'}`;
    });
}
