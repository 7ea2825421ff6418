import type { z } from 'zod';
import { CelError } from '../../expressions/cel-error.ts';
import type { CelExpression } from '../../expressions/create-cel.ts';
import { nearestName } from '../../nearest-name.ts';
import { knownActionTypes } from '../../policy/action-types.ts';
import { describeIssue, type Wording } from '../../yaml/describe-issue.ts';
import { type LocatedYaml, type Problem, readLocatedYaml } from '../../yaml/located-yaml.ts';
import type { AnySignalRule } from '../define-signal.ts';
import { type SignalField, signalFields } from '../signal-fields.ts';
import { compileRule, type RuleParts } from './compile-rule.ts';
import { knownRuleKeys, type RuleForm, ruleFileSchema } from './rule-schema.ts';
import { ruleTemplate } from './rule-template.ts';
import { readRuleTest, type RuleTest, type RuleTestResult, runRuleTests } from './rule-tests.ts';
import { ruleLanguage, type Subject } from './rule-variables.ts';
import { SuggestionError, suggestionTemplate } from './suggestion-template.ts';

/** A rule is a page of text at most; what is larger is not even parsed. */
export const largestRuleCharacters = 16_000;

export type CheckedRule =
  | { problems: readonly Problem[]; rule: null }
  | {
      problems: readonly [];
      rule: AnySignalRule;
      /** How many tests stand in the file. */
      tests: number;
      runTests(this: void): RuleTestResult[];
    };

const wording: Wording = {
  nameOf,
  keyHint(key, path) {
    const known = knownRuleKeys(path);
    const meant = nearestName(key, known);
    return meant === null ? `Known here: ${known.join(', ')}.` : `Did you mean "${meant}"?`;
  },
  valueHint: 'docs/signals/adding-a-rule.md shows every key.',
};

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the rule' : `"${path.map(String).join('.')}"`;
}

/** Returns the rule that a file holds, or everything that is wrong with it. */
export function checkRuleFile(text: string, fileName: string): CheckedRule {
  if (text.length > largestRuleCharacters) {
    return refused({
      line: 1,
      column: 1,
      message: `has more than ${largestRuleCharacters} characters`,
      hint: 'A rule is a page of text at most; check the path.',
    });
  }
  const read = readLocatedYaml(text, { mostAliases: 0 });
  if ('problem' in read) return refused(read.problem);
  const { document } = read;
  const { value } = document;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const isEmpty = value === null || value === undefined || value === '';
    const message = isEmpty ? 'is empty' : 'is not a mapping';
    return refused({ ...document.placeOf([]), message, hint: wording.valueHint });
  }
  const reserved = findReserved(value, []);
  if (reserved !== null) {
    return refused({
      ...document.placeOfKey(reserved),
      message: `${nameOf(reserved)} is a name that may not be used`,
      hint: 'Choose another name.',
    });
  }
  const parsed = ruleFileSchema.safeParse(value);
  if (!parsed.success) {
    return refused(
      ...withoutMistyped(parsed.error.issues, value).flatMap((issue) =>
        describeIssue(issue, document, wording),
      ),
    );
  }
  return compileForm(parsed.data, document, fileName);
}

/** A key that is mistyped is missing as well, which is not worth a second problem. */
function withoutMistyped(issues: readonly z.core.$ZodIssue[], value: object): z.core.$ZodIssue[] {
  const meant = new Set(
    issues
      .flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []))
      .map((key) => nearestName(key, knownRuleKeys([]))),
  );
  return issues.filter(({ path: [key, ...more] }) => {
    const isMissing = more.length === 0 && key !== undefined && !Object.hasOwn(value, key);
    return !(isMissing && meant.has(String(key)));
  });
}

function refused(...problems: Problem[]): CheckedRule {
  return {
    problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column),
    rule: null,
  };
}

const reservedNames = new Set(['__proto__', 'constructor', 'prototype']);

/** Names that mean something to the language this is written in, whatever they are used for. */
function findReserved(value: unknown, path: readonly string[]): string[] | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    if (reservedNames.has(key)) return [...path, key];
    const found = findReserved(member, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}

/** What goes wrong in a part of the file is noted with its place, and the other parts are looked at. */
interface Noting {
  document: LocatedYaml;
  problems: Problem[];
}

function compileForm(form: RuleForm, document: LocatedYaml, fileName: string): CheckedRule {
  const noting: Noting = { document, problems: [] };
  const expected = fileName.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/, '');
  if (form.id !== expected) {
    noting.problems.push({
      ...document.placeOf(['id']),
      message: `"id" is ${form.id}, and the file is named ${expected}`,
      hint: `Write "id: ${expected}", or name the file ${form.id}.yaml.`,
    });
  }
  const when = expression(['when'], form.when, form, noting);
  const until = form.until === undefined ? null : expression(['until'], form.until, form, noting);
  const explain = noted(['explain'], noting, () =>
    ruleTemplate(form.explain, signalFields(form.subject)),
  );
  const since = sinceField(form, noting);
  const suggest = suggestion(form, noting);
  const tests = readTests(form, noting);
  if (noting.problems.length > 0 || when === null || explain === null) {
    return refused(...noting.problems);
  }
  const parts: RuleParts = { form, when, until, since, explain, suggest };
  const rule = compileRule(parts, fileName.replace(/^.*[\\/]/, ''));
  const asked = { when: when.names, until: (until ?? when).names };
  return {
    problems: [],
    rule,
    tests: tests.length,
    runTests: () => runRuleTests(rule, tests, asked),
  };
}

function expression(
  path: readonly string[],
  text: string,
  { subject }: RuleForm,
  noting: Noting,
): CelExpression<Subject> | null {
  const language = ruleLanguage(subject);
  return noted(
    path,
    noting,
    () => language.compile(text),
    () => `An expression that is true or false, of: ${language.names.join(', ')}.`,
  );
}

function noted<Result>(
  path: readonly string[],
  { document, problems }: Noting,
  read: () => Result,
  hint: () => string = () => wording.valueHint,
): Result | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    problems.push({
      ...document.placeInText(path, error.offset),
      message: `${nameOf(path)}: ${error.message}`,
      hint: error.hint ?? hint(),
    });
    return null;
  }
}

function sinceField({ since, subject }: RuleForm, noting: Noting): SignalField | null {
  if (since === undefined) return null;
  const instants = signalFields(subject).filter(({ unit }) => unit === 'instant');
  const field = instants.find(({ name }) => name === since);
  if (field !== undefined) return field;
  const names = instants.map(({ name }) => name);
  const meant = nearestName(since, names);
  noting.problems.push({
    ...noting.document.placeOf(['since']),
    message: `"since" names "${since}", which is no instant of a ${subject}`,
    hint: meant === null ? `There are: ${names.join(', ')}.` : `Did you mean ${meant}?`,
  });
  return null;
}

function suggestion({ suggest }: RuleForm, noting: Noting): RuleParts['suggest'] {
  if (suggest === undefined) return null;
  const { document, problems } = noting;
  const types = knownActionTypes.map(({ id }) => id);
  const known = knownActionTypes.find(({ id }) => id === suggest.type);
  if (known === undefined) {
    const meant = nearestName(suggest.type, types);
    problems.push({
      ...document.placeOf(['suggest', 'type']),
      message: `"suggest.type" is the unknown type of action "${suggest.type}"`,
      hint: meant === null ? `Known are: ${types.join(', ')}.` : `Did you mean ${meant}?`,
    });
    return null;
  }
  try {
    return suggestionTemplate({
      type: suggest.type,
      payload: suggest.payload,
      why: suggest.why ?? known.title,
    });
  } catch (error) {
    if (!(error instanceof SuggestionError)) throw error;
    const path = ['suggest', 'payload', ...error.path];
    const message = `${nameOf(path)} ${error.message}`;
    problems.push({ ...document.placeOf(path), message, hint: error.hint });
    return null;
  }
}

function readTests(form: RuleForm, { document, problems }: Noting): RuleTest[] {
  return (form.tests ?? []).flatMap((test, at) => {
    const read = readRuleTest(test, form);
    if (!('message' in read)) return [read];
    const path = ['tests', String(at), ...read.path];
    const place = read.path.length > 1 ? document.placeOfKey(path) : document.placeOf(path);
    problems.push({ ...place, message: `${nameOf(path)} ${read.message}`, hint: read.hint });
    return [];
  });
}
