import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import { nearestName } from '../nearest-name.ts';
import type { AnySignalRule } from './define-signal.ts';

export interface SignalSettings {
  /** Thresholds by rule and name; those left out keep their defaults. */
  params?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Rules that are not run. */
  off?: readonly string[];
  /** Rules whose first suggestion is proposed as an action when something is found. */
  propose?: readonly string[];
}

/**
 * Returns rules with the thresholds and without the rules that a workspace asks for.
 * @throws AdjutantError `Configuration` naming what there is not, or what is there twice
 */
export function configureSignals(
  rules: readonly AnySignalRule[],
  { params = {}, off = [], propose = [] }: SignalSettings = {},
): AnySignalRule[] {
  const byId = new Map<string, AnySignalRule>();
  for (const rule of rules) {
    const other = byId.get(rule.id);
    if (other !== undefined) {
      const message = `There are two rules "${rule.id}": ${other.origin} and ${rule.origin}.`;
      throw new AdjutantError('Configuration', message, { hint: 'Rename one of them.' });
    }
    byId.set(rule.id, rule);
  }
  for (const id of off) requireRule(byId, id, 'signals.off');
  for (const id of propose) requireRule(byId, id, 'signals.propose');
  for (const [id, given] of Object.entries(params)) {
    const rule = requireRule(byId, id, 'signals.params');
    byId.set(id, tuned(rule, given));
  }
  return [...byId.values()].filter(({ id }) => !off.includes(id));
}

function requireRule(
  rules: ReadonlyMap<string, AnySignalRule>,
  id: string,
  key: string,
): AnySignalRule {
  const rule = rules.get(id);
  if (rule !== undefined) return rule;
  const meant = nearestName(id, [...rules.keys()]);
  throw new AdjutantError(
    'Configuration',
    `"${key}" names the unknown rule "${id.slice(0, 80)}".`,
    {
      hint: meant === null ? 'Run "adjutant rules" for those that are.' : `Did you mean ${meant}?`,
    },
  );
}

function tuned(rule: AnySignalRule, given: Readonly<Record<string, unknown>>): AnySignalRule {
  const known = Object.keys(rule.params);
  const stranger = Object.keys(given).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    const meant = nearestName(stranger, known);
    const there = known.length === 0 ? 'It has none.' : `There are: ${known.join(', ')}.`;
    throw new AdjutantError(
      'Configuration',
      `"signals.params.${rule.id}" names the unknown parameter "${stranger.slice(0, 80)}".`,
      { hint: meant === null ? there : `Did you mean ${meant}?` },
    );
  }
  try {
    return rule.withParams(given);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const [issue] = error.issues;
    const path = ['signals', 'params', rule.id, ...(issue?.path ?? [])].map(String).join('.');
    const message = `"${path}" is wrong: ${issue?.message ?? 'not understood'}.`;
    throw new AdjutantError('Configuration', message, {
      hint: `docs/signals/${rule.id}.md tells what each parameter is.`,
    });
  }
}
