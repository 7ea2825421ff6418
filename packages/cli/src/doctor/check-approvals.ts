import type { Adjutant } from '@adjutant/core';
import { countOf } from '@adjutant/insights';
import { type Check, failed, note, ok } from './checks.ts';

/** Says how sure this installation can be that a person decided, and what would make it surer. */
export async function checkApprovals(adjutant: Adjutant): Promise<Check[]> {
  const { assurance, reasons, nextStep, passkeys } = await adjutant.approvers().grade();
  const message = `decisions here can prove: ${assurance}. ${reasons.join(' ')}`;
  const checks =
    assurance === 'cooperative'
      ? [note('approvals', message, nextStep ?? 'Enrol a passkey.')]
      : [ok('approvals', message)];
  const known = passkeys.filter(({ trusted }) => trusted);
  if (known.length > 0) {
    const list = known.map(
      ({ personName, label, fingerprint }) => `${personName} (${label}): ${fingerprint}`,
    );
    checks.push(ok('passkeys', `${countOf(known.length, 'passkey')} enrolled: ${list.join('; ')}`));
  }
  if (known.length < passkeys.length) {
    checks.push(
      failed(
        'passkeys-unknown',
        `${countOf(passkeys.length - known.length, 'passkey')} in the store ${passkeys.length - known.length === 1 ? 'was' : 'were'} not enrolled the way that counts.`,
        'They decide nothing. Somebody wrote to the database: run "adjutant audit verify".',
      ),
    );
  }
  return checks;
}
