import { eachMatch } from '../characters.ts';
import type { RedactionRule } from '../redaction-rule.ts';

const words =
  /(?:mnemonic|seed phrase|recovery phrase|secret phrase)["'\\]{0,3}\s{0,3}(?:is|[:=])\s{0,3}["'\\]{0,3}([a-z]{3,8}(?: [a-z]{3,8}){11,23})/gi;
const code =
  /(?:verification|one[- ]time|security|login|sign-in|2fa|mfa|confirmation|access|auth(?:entication)?|recovery|backup) (?:pass)?code(?: is|:|=) {0,2}(\d{3}[- ]?\d{3,5}|[A-Z0-9]{4,5}-[A-Z0-9]{4,5})(?!\w)/gi;

/** Phrases that open a wallet, and codes that are sent to be typed in once. */
export const oneTimeSecrets: RedactionRule = {
  id: 'one-time',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  begins: ['mnemonic: ', 'recovery phrase is ', 'verification code: ', 'mnemonic: abc '],
  needles: ['phrase', 'code', 'nemonic', 'Code'],
  find: (text, report) => {
    eachMatch(text, words, (match) => {
      const end = match.index + match[0].length;
      report('one-time/phrase', end - (match[1] ?? '').length, end);
      return end;
    });
    eachMatch(text, code, (match) => {
      const end = match.index + match[0].length;
      report('one-time/code', end - (match[1] ?? '').length, end);
      return end;
    });
  },
};
