import { describe, expect, test } from 'vitest';
import { signalSubjectKinds, signalSubjectSchemas } from '../../domain/signal-subjects/index.ts';
import { quietSubject } from '../quiet-subjects.ts';
import { signalFields } from '../signal-fields.ts';
import { checkRuleFile } from './check-rule-file.ts';

const whole = `id: docs-waiting
title: Documentation waits
subject: pull_request
severity: low
when: '"documentation" in labels && waiting_for == "review" && waiting_weekday_hours >= 24'
until: waiting_for != "review" || waiting_weekday_hours < 2
since: waiting_since
explain: '{key} has waited for a review for {waiting_weekday_hours|duration}.'
every: day
clear_after_hours: 2
suggest:
  type: pr.label
  payload: {repository: '{repository}', number: '{number}', labels: [needs-review]}
tests:
  - fires: {labels: [documentation], waiting_weekday_hours: 49}
    sentence: acme/shop#1 has waited for a review for 2 days.
  - clears: {labels: [documentation], waiting_for: author}
  - unknown: {labels: [documentation], waiting_weekday_hours: null}
`;

function check(text: string, fileName = 'rules/docs-waiting.yaml') {
  return checkRuleFile(text, fileName);
}

function compiled(text: string) {
  const checked = check(text);
  if (checked.rule === null) throw new Error(JSON.stringify(checked.problems));
  return checked;
}

const context = { now: quietSubject('pull_request').asOf, timeZone: 'UTC' };
const quiet = quietSubject('pull_request');

describe('a rule that is right', () => {
  test('is one like any other, and passes its tests', () => {
    const { rule, runTests, tests } = compiled(whole);
    expect(rule).toMatchObject({
      id: 'docs-waiting',
      origin: 'docs-waiting.yaml',
      cadence: 'daily',
      clearAfterHours: 2,
      severity: 'low',
      subject: 'pull_request',
      params: {},
    });
    expect(tests).toBe(3);
    expect(runTests().map(({ passed }) => passed)).toEqual([true, true, true]);
  });

  test('fires by "when" and is over by "until"', () => {
    const { rule } = compiled(whole);
    const waiting = { ...quiet, labels: ['documentation'], waitingWeekdayHours: 30 };
    const less = { ...waiting, waitingWeekdayHours: 10 };
    expect(rule.evaluate(waiting, { ...context, isOpen: false })).toEqual({
      since: quiet.waitingSince,
      sentence: 'acme/shop#1 has waited for a review for 30 hours.',
      facts: { waiting_for: 'review', waiting_weekday_hours: 30 },
    });
    expect(rule.evaluate(less, { ...context, isOpen: false })).toBeNull();
    expect(rule.evaluate(less, { ...context, isOpen: true })).toHaveProperty('sentence');
    const merged = { ...less, waitingFor: 'nobody' as const, waitingWeekdayHours: null };
    expect(rule.evaluate(merged, { ...context, isOpen: true })).toBeNull();
  });

  test('says which field is not known', () => {
    const { rule } = compiled(whole);
    const unknown = { ...quiet, labels: ['documentation'], waitingWeekdayHours: null };
    expect(rule.evaluate(unknown, { ...context, isOpen: false })).toEqual({
      unknown: 'waiting_weekday_hours is not known',
    });
  });

  test('suggests with the names of what was found, their types kept, or nothing', () => {
    const { rule } = compiled(whole);
    expect(rule.suggest(quiet, { ...context, isOpen: false })).toEqual([
      {
        type: 'pr.label',
        payload: { repository: 'acme/shop', number: 1, labels: ['needs-review'] },
        why: 'Label a pull request',
      },
    ]);
    expect(rule.suggest({ ...quiet, repository: null }, { ...context, isOpen: false })).toEqual([]);
  });

  test('has another version wherever it says something else, and the same with other tests', () => {
    const { version } = compiled(whole).rule;
    expect(compiled(whole.replace('>= 24', '>= 25')).rule.version).not.toBe(version);
    expect(compiled(whole.slice(0, whole.indexOf('tests:'))).rule.version).toBe(version);
  });

  test('lets nothing in a name act in its sentence', () => {
    const { rule } = compiled(whole);
    const hostile = {
      ...quiet,
      key: `shop\u001b[31m\u202e\n#1`,
      labels: ['documentation'],
      waitingWeekdayHours: 30,
    };
    const found = rule.evaluate(hostile, { ...context, isOpen: false });
    expect(found).toHaveProperty('sentence', expect.stringMatching(/^[\P{C}\uFFFD]*$/u));
  });
});

test('a test that fails tells the fields that the rule asked for', () => {
  const { runTests } = compiled(
    whole.replace('waiting_weekday_hours: 49', 'waiting_weekday_hours: 3'),
  );
  expect(runTests()[0]).toEqual({
    name: 'fires with labels: ["documentation"], waiting_weekday_hours: 3',
    expected: 'fires',
    came: 'clears',
    passed: false,
    differences: [
      'expected: fires; it says nothing',
      'labels: ["documentation"]',
      'waiting_for: "review" (not given)',
      'waiting_weekday_hours: 3',
    ],
  });
  const other = compiled(whole.replace('for 2 days', 'for 3 days')).runTests();
  expect(other[0]?.differences).toEqual([
    'sentence: expected "acme/shop#1 has waited for a review for 3 days.", it is "acme/shop#1 has waited for a review for 2 days."',
  ]);
});

describe('a rule that is wrong', () => {
  test.each<[string, string, string, number, number, string]>([
    [
      'waiting_for ==',
      'waiting_fro ==',
      'Unknown variable: waiting_fro',
      5,
      37,
      'Did you mean waiting_for?',
    ],
    [
      '== "review" &&',
      '== "reviews" &&',
      'waiting_for is never "reviews"',
      5,
      52,
      'Did you mean "review"?',
    ],
    [">= 24'", '>= "24"\'', 'no such overload', 5, 64, 'An expression'],
    [
      'severity: low',
      'severity: lowest',
      '"severity" is one of: info, low',
      4,
      11,
      'adding-a-rule.md',
    ],
    ['severity: low', 'severety: low', 'unknown key "severety"', 4, 1, 'Did you mean "severity"?'],
    [
      'subject: pull_request',
      'subject: pr',
      '"subject" is one of: pull_request',
      3,
      10,
      'adding-a-rule.md',
    ],
    [
      'id: docs-waiting',
      'id: other',
      'the file is named docs-waiting',
      1,
      5,
      'Write "id: docs-waiting"',
    ],
    [
      'since: waiting_since',
      'since: waiting_sinse',
      'no instant of a pull_request',
      7,
      8,
      'waiting_since?',
    ],
    [
      'since: waiting_since',
      'since: age_hours',
      'no instant of a pull_request',
      7,
      8,
      'There are: as_of',
    ],
    ['{key} has', '{title} has', 'title, which is text from outside', 8, 12, '{key}'],
    ['{key} has', '{ky} has', 'unknown field "ky"', 8, 12, 'Did you mean {key}?'],
    ['{key} has', '{key has', 'brace alone', 8, 11, '{age_hours|duration}'],
    ['|duration', '|days', 'unknown form "days"', 8, 46, 'duration, percent, day'],
    ['hours|duration', 'hours|percent', 'cannot show', 8, 46, 'percent is for share'],
    [
      '{key} has',
      '{waiting_since} has',
      'instant waiting_since as a number',
      8,
      12,
      '{waiting_since|day}',
    ],
    ['type: pr.label', 'type: pr.lable', 'unknown type of action "pr.lable"', 12, 9, 'pr.label?'],
    ["'{number}'", "'{title}'", 'unknown field "title"', 13, 49, '{key}, {id}'],
    [
      '- clears: {labels',
      '- clears: {lables',
      'unknown field "lables"',
      17,
      14,
      'Did you mean labels?',
    ],
    [
      'waiting_for: author',
      'waiting_for: auhtor',
      'a value that it cannot have',
      17,
      39,
      'one of review, author',
    ],
    [
      'waiting_weekday_hours: 49',
      'waiting_weekday_hours: long',
      'cannot have',
      15,
      38,
      'is a number, or null',
    ],
    [
      '- clears:',
      '- fires: {}\n    clears:',
      'expects fires and clears at once',
      17,
      5,
      'one of fires',
    ],
    ['every: day', 'every: hour', '"every" is day', 9, 8, 'adding-a-rule.md'],
    ['every: day', 'every: day\nevery: day', 'Map keys must be unique', 10, 1, 'Correct that line'],
    [
      'title: Documentation waits',
      'title: "a\\u202Eb"',
      'cannot be seen',
      2,
      8,
      'adding-a-rule.md',
    ],
    [
      'every: day',
      '__proto__: {a: 1}',
      '"__proto__" is a name that may not be used',
      9,
      1,
      'another name',
    ],
    ['labels: [needs-review]', 'constructor: 1', 'may not be used', 13, 61, 'another name'],
    [
      'when: \'"documentation"',
      'when: \'"x".matches("^(a+)+$") && "documentation"',
      'expression can block',
      5,
      8,
      'An expr',
    ],
    [
      'waiting_for == "review"',
      'labels.all(a, labels.all(b, a == b))',
      'another loop',
      5,
      51,
      'An expr',
    ],
  ])('%s as %s', (from, to, message, line, column, hint) => {
    const text = whole.replace(from, to);
    expect(text).not.toBe(whole);
    const [problem] = check(text).problems;
    expect(problem).toEqual({
      message: expect.stringContaining(message),
      line,
      column,
      hint: expect.stringContaining(hint),
    });
  });

  test('is told everything at once, from top to bottom', () => {
    const text = whole
      .replace('waiting_for ==', 'waiting_fro ==')
      .replace('since: waiting_since', 'since: ever')
      .replace('{key} has', '{ky} has');
    expect(check(text).problems.map(({ line }) => line)).toEqual([5, 7, 8]);
  });

  test.each<[string, string, string]>([
    ['', 'is empty', ''],
    ['- a', 'is not a mapping', ''],
    ['x', 'is not a mapping', ''],
    [`id: a\n${'#'.repeat(20_000)}`, '16000 characters', ''],
    [`when: "${'x'.repeat(10_000)}"`, 'is missing', ''],
    [
      `a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\ntests: [*c,*c,*c,*c]`,
      'has aliases',
      'Write the values out.',
    ],
    [`tests: ${'['.repeat(7_000)}${']'.repeat(7_000)}`, '', ''],
    ['a: !!js/function "x"', 'unknown key "a"', ''],
    ['a: [1', 'is not valid YAML', 'Correct that line.'],
    [`id: a\n---\nid: b`, 'is not valid YAML', ''],
  ])('%.40s', (text, message, hint) => {
    const { problems, rule } = check(text);
    expect(rule).toBeNull();
    expect(problems.map((problem) => problem.message).join('\n')).toContain(message);
    expect(problems.map((problem) => problem.hint).join('\n')).toContain(hint);
  });
});

describe.each(signalSubjectKinds)('%s', (kind) => {
  test('has a quiet default that is one, and fields that are described', () => {
    expect(signalSubjectSchemas[kind].safeParse(quietSubject(kind)).error).toBeUndefined();
    const fields = signalFields(kind);
    expect(fields.filter(({ description }) => description === '')).toEqual([]);
    expect(fields.map(({ name }) => name)).not.toContainEqual(
      expect.stringMatching(/person_id|evidence/),
    );
    expect(fields.length).toBeGreaterThan(8);
  });
});
