import { endOfWord, matchAt } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';
import { isPasswordValue, isPlaceholder, looksRandom } from '../secret-value.ts';
import { type CommandForm, commandForms } from './command-forms.ts';
import { isBasic } from './headers-and-cluster.ts';

/** Secrets that the options of well-known commands carry. */
export const commandSecrets: RedactionRule = {
  id: 'command',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  begins: commandForms.flatMap(({ literals }) => literals),
  needles: commandForms.flatMap(({ literals }) => literals),
  find: (text, report, view) => {
    for (const form of commandForms) {
      for (const literal of form.literals) {
        if (view?.mayHold(literal) !== false) findAfter(text, literal, form, report);
      }
    }
  },
};

const fewestVisits = 500;
const charactersPerVisit = 100;

function findAfter(text: string, literal: string, form: CommandForm, report: ReportSpan): void {
  let index = text.indexOf(literal);
  let visits = Math.max(fewestVisits, text.length / charactersPerVisit);
  // A text that repeats a command at every turn is no log of a person at work.
  while (index !== -1 && visits > 0) {
    visits -= 1;
    const from = index + literal.length - (literal.endsWith(' ') ? 1 : 0);
    const match = matchAt(form.secret, text, from);
    const value = match?.[1] ?? '';
    if (match !== null && isCommandSecret(value, form.holds)) {
      const judged = from + match[0].length;
      const end = endOfWord(text, judged, value.length);
      report(`command/${form.id}`, judged - value.length, end);
      index = text.indexOf(literal, end);
    } else {
      index = text.indexOf(literal, index + literal.length);
    }
  }
}

function isCommandSecret(value: string, holds: CommandForm['holds']): boolean {
  if (holds === 'token') return looksRandom(value, 20);
  if (holds === 'encoded') return isBasic(value);
  if (holds === 'anything') return !isPlaceholder(value) && value.length >= 5;
  return isPasswordValue(value, { quoted: true, exact: holds === 'plain-password' });
}
