import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { loadConfig } from '../config/load-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseInput } from '../parse-input.ts';
import { problemsText } from '../policy-text.ts';
import { ruleTestsText, type TestedRule } from '../rules-text.ts';
import { ruleFilesIn } from '../signals-in.ts';
import { wantedRuleFiles } from '../wanted-rule-files.ts';

const inputSchema = z.object({ rule: z.string().min(1).max(100).optional() });

/** `adjutant rules test [rule]` */
export const rulesTest: Command = async (context, raw) => {
  const { output } = context;
  const { rule: named } = parseInput(inputSchema, raw);
  const files = await ruleFilesIn(context, await loadConfig(context));
  const wanted = wantedRuleFiles(files, named);
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
