import { checkRuleFile } from '../../packages/core/src/signals/yaml/check-rule-file.ts';
import { quietSubject } from '../../packages/core/src/signals/quiet-subjects.ts';
import { absolute, type BenchLine } from '../measure.ts';

const mostMs = 50;
const rounds = 5;
const longest = 600;

/** Conditions that are to cost more than they may, and one that is as large as a condition can be. */
const conditions: readonly (readonly [name: string, condition: string])[] = [
  ['an expression that goes back and forth', '"x".matches("^(a+)+$")'],
  ['a loop in a loop', 'labels.all(a, labels.all(b, a == b))'],
  ['loops four deep', `labels.exists(a, ${'labels.exists(b, '.repeat(3)}a == b))))`],
  ['ten thousand brackets', `${'('.repeat(10_000)}true${')'.repeat(10_000)}`],
  ['a list of a list of a list', `size(${'['.repeat(500)}${']'.repeat(500)}) > 0`],
  ['a text that doubles itself', Array.from({ length: 30 }, () => '(title + title)').join(' + ')],
  ['as many parts as there can be', Array.from({ length: longest }, () => 'is_draft').join(' || ')],
  ['one loop over many labels', 'labels.exists(a, labels.size() > 3 && a.contains("z"))'],
];

/** Rules that want to take the machine: refused when they are read, or done within the limit. */
export function benchRules(): BenchLine[] {
  const subject = {
    ...quietSubject('pull_request'),
    labels: Array.from({ length: 200 }, (_, at) => `label ${at} ${'a'.repeat(60)}`),
  };
  const context = { now: subject.asOf, timeZone: 'UTC', isOpen: false };
  return conditions.map(([name, condition]) => {
    const text = `id: hostile
title: Hostile
subject: pull_request
severity: low
when: '${condition}'
explain: '{key} is told.'
`;
    let slowestMs = 0;
    let ended = '';
    for (let round = 0; round < rounds; round += 1) {
      const startedAt = performance.now();
      const { rule, problems } = checkRuleFile(text, 'rules/hostile.yaml');
      if (rule === null) ended = `refused: ${problems[0]?.message.slice(0, 60) ?? ''}`;
      else {
        rule.evaluate(subject, context);
        ended = 'judged';
      }
      slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    }
    return absolute(
      name,
      `${slowestMs.toFixed(1)} ms, ${ended}`,
      `over within ${mostMs} ms`,
      slowestMs < mostMs,
    );
  });
}
