import type { Signals } from '@adjutant/core';
import { AdjutantError, nearestName } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';

/** Returns the rule of this name as it is here. @throws AdjutantError `NotFound` with what was meant */
export async function requireRule(signals: Signals, named: string) {
  const rules = await signals.rules();
  const rule = rules.find(({ id }) => id === named);
  if (rule !== undefined) return rule;
  const meant = nearestName(
    named,
    rules.map(({ id }) => id),
  );
  throw new AdjutantError('NotFound', `There is no rule "${plainText(named, 80)}" here.`, {
    hint: meant === null ? '"adjutant rules" lists them.' : `Did you mean ${meant}?`,
  });
}
