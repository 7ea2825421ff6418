import { configureSignals } from '@adjutant/core';
import { shippedRules } from '@adjutant/insights';
import type { Command } from '../command-context.ts';
import { loadConfig } from '../config/load-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { problemsText } from '../policy-text.ts';
import { ruleFilesIn } from '../signals-in.ts';

/** `adjutant rules check` */
export const rulesCheck: Command = async (context) => {
  const { output } = context;
  const loaded = await loadConfig(context);
  const files = await ruleFilesIn(context, loaded);
  if (files.length === 0) {
    const message = 'There are no rules in YAML here to check. What is run: adjutant rules';
    output.answer({ valid: false, files: [], message }, () => message);
    return exitCodes.failed;
  }
  const valid = files.every(({ problems }) => problems.length === 0);
  const answer = files.map(({ fileName, problems }) => ({ file: fileName, problems }));
  output.answer({ valid, files: answer }, () =>
    files.map(({ fileName, problems }) => problemsText(fileName, problems, output)).join('\n'),
  );
  if (!valid) return exitCodes.failed;
  // Names that are taken, and settings of what there is not.
  const { params = {}, off = [], propose = [] } = loaded.config.signals ?? {};
  const own = files.flatMap(({ rule }) => (rule === null ? [] : [rule]));
  configureSignals([...shippedRules, ...own], { params, off, propose });
  return exitCodes.ok;
};
