import { createTextRedactor } from '../redaction/create-text-redactor.ts';

const secretsOnly = createTextRedactor({ level: 'off' });
// What one pass replaces may bring together what another one finds; two are the rule.
const mostPasses = 5;

/**
 * Returns a document with the secrets in it masked, on as many lines as before: what is cited of it by
 * its lines still stands there.
 */
export function maskDocument(text: string): string {
  let current = text;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const found = secretsOnly.find(current);
    if (found.length === 0) return current;
    let masked = '';
    let from = 0;
    for (const { rule, start, end } of found) {
      const marker = rule.startsWith('private-key') ? '[private key]' : '[secret]';
      const breaks = current.slice(start, end).replaceAll(/[^\n]+/g, '');
      masked += current.slice(from, start) + marker + breaks;
      from = end;
    }
    current = masked + current.slice(from);
  }
  return current;
}
