import type { SignalRuleFile } from '@adjutant/core';
import { AdjutantError, nearestName } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';

/** Returns the file of the rule that is named, or all of them. @throws AdjutantError `NotFound` */
export function wantedRuleFiles(
  files: readonly SignalRuleFile[],
  named: string | undefined,
): SignalRuleFile[] {
  const wanted = files.filter(
    ({ fileName, rule }) => named === undefined || nameOf(fileName) === named || rule?.id === named,
  );
  if (wanted.length > 0) return wanted;
  throw nothingToTest(
    named,
    files.map(({ fileName }) => nameOf(fileName)),
  );
}

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
