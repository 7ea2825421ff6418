import { AdjutantError, nearestName } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { loadConfig } from '../config/load-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseInput } from '../parse-input.ts';
import { problemsText } from '../policy-text.ts';
import { ruleTestsText, type TestedRule } from '../rules-text.ts';
import { ruleFilesIn } from '../signals-in.ts';

const inputSchema = z.object({ rule: z.string().min(1).max(100).optional() });

/** `adjutant rules test [rule]` */
export const rulesTest: Command = async (context, raw) => {
  const { output } = context;
  const { rule: named } = parseInput(inputSchema, raw);
  const files = await ruleFilesIn(context, loadConfig(context));
  const wanted = files.filter(
    ({ fileName, rule }) => named === undefined || nameOf(fileName) === named || rule?.id === named,
  );
  if (wanted.length === 0)
    throw nothingToTest(
      named,
      files.map(({ fileName }) => nameOf(fileName)),
    );
  const broken = wanted.filter(({ problems }) => problems.length > 0);
  const tested = wanted.flatMap(({ fileName, rule, runTests }): TestedRule[] =>
    rule === null ? [] : [{ file: fileName, rule: rule.id, results: runTests() }],
  );
  const passed =
    broken.length === 0 && tested.every(({ results }) => results.every((result) => result.passed));
  const problems = broken.map(({ fileName, problems: found }) => ({
    file: fileName,
    problems: found,
  }));
  output.answer({ passed, problems, rules: tested }, () =>
    [
      ...broken.map(({ fileName, problems: found }) => problemsText(fileName, found, output)),
      ruleTestsText(tested, output),
    ].join('\n'),
  );
  return passed ? exitCodes.ok : exitCodes.failed;
};

function nameOf(fileName: string): string {
  return fileName.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/, '');
}

function nothingToTest(named: string | undefined, known: readonly string[]): AdjutantError {
  if (named === undefined) {
    return new AdjutantError('NotFound', 'There are no rules in YAML here to test.', {
      hint: 'They stand in a folder "rules" beside adjutant.config.yaml: docs/signals/adding-a-rule.md.',
    });
  }
  const meant = nearestName(named, known);
  return new AdjutantError('NotFound', `There is no rule "${plainText(named, 80)}" in YAML here.`, {
    hint:
      meant === null
        ? 'Rules that came with the product are tested there.'
        : `Did you mean ${meant}?`,
  });
}
