import type { InstallationGrade } from './handle.ts';
import type { ApproverContext } from './approver-context.ts';
import { listApprovers } from './grants.ts';
import { listLinks } from './link-account.ts';
import { listPasskeys } from './revoke-authenticator.ts';
import { findTrusted } from './trusted-authenticator.ts';

/**
 * Returns which assurance this installation reaches: `presence` where somebody who may decide has a
 * trusted passkey (or the host vouches for its sign-in), `separate` where two people have.
 */
export async function installationGrade(
  context: ApproverContext,
  options: { hostVouches: boolean; takesClicks?: () => Promise<boolean> },
): Promise<InstallationGrade> {
  const approvers = new Set((await listApprovers(context)).map(({ personId }) => personId));
  const passkeys: InstallationGrade['passkeys'] = [];
  const present = new Set<string>();
  for (const { authenticatorId, personId, ...shown } of await listPasskeys(context)) {
    const { personName, label, fingerprint } = shown;
    const trust = await findTrusted(context, context.store.read, authenticatorId);
    passkeys.push({ personName, label, fingerprint, trusted: trust.ok });
    if (trust.ok && approvers.has(personId)) present.add(personId);
  }
  const reasons = [
    `${approvers.size} ${approvers.size === 1 ? 'person' : 'people'} may decide, ${present.size} of them with a passkey.`,
  ];
  const linked = (await options.takesClicks?.().catch(() => false))
    ? (await listLinks(context)).filter((link) => link.counts && approvers.has(link.personId))
    : [];
  for (const { personId } of linked) present.add(personId);
  if (linked.length > 0) {
    reasons.push(
      `${linked.length} ${linked.length === 1 ? 'account is' : 'accounts are'} linked whose buttons count while the signing secret is where no assistant can read it.`,
    );
  }
  const untrusted = passkeys.filter(({ trusted }) => !trusted).length;
  if (untrusted > 0) {
    reasons.push(
      `${untrusted} passkeys in the store do not count: nothing that the ledger knows signed them.`,
    );
  }
  if (options.hostVouches) reasons.push('The program around Adjutant vouches for its own sign-in.');
  const people = options.hostVouches ? approvers.size : present.size;
  if (people >= 2) return { assurance: 'separate', reasons, nextStep: null, passkeys };
  if (people === 1) {
    const nextStep =
      'For decisions of two people, grant a second person the right to decide and sign their passkey.';
    return { assurance: 'presence', reasons, nextStep, passkeys };
  }
  reasons.push(
    'Without one, whatever runs as the same operating-system user can decide like a person: only actions in mode "ask" can be approved.',
  );
  const nextStep = 'Run "adjutant serve", open its link and enrol a passkey.';
  return { assurance: 'cooperative', reasons, nextStep, passkeys };
}
