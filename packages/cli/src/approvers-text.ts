import type { ApproverGrant, EnrolledPasskey, InstallationGrade } from '@adjutant/core';
import { countOf, formatDay, plainText } from '@adjutant/insights';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

export interface ApproversAnswer {
  grants: readonly ApproverGrant[];
  passkeys: readonly EnrolledPasskey[];
  grade: Pick<InstallationGrade, 'assurance' | 'reasons' | 'nextStep'>;
}

/** Returns who may decide, by which account, and whether they have a passkey. */
export function approversText(
  { grants, passkeys, grade }: ApproversAnswer,
  output: Output,
): string {
  const rows = grants.map((grant) => [
    shortGrantId(grant),
    plainText(grant.personName, 60),
    accountText(grant),
    reachText(grant),
    countOf(passkeys.filter(({ personId }) => personId === grant.personId).length, 'passkey'),
    formatDay(grant.grantedAt),
  ]);
  const columns = [
    { title: 'id' },
    { title: 'person', width: 24 },
    { title: 'account', width: 36 },
    { title: 'decides about', width: 30 },
    { title: 'has' },
    { title: 'since' },
  ];
  return [
    rows.length === 0 ? 'Nobody may decide here.' : renderTable(output, columns, rows),
    '',
    `A decision here can prove: ${grade.assurance}. ${grade.reasons.join(' ')}`,
    ...(grade.nextStep === null ? [] : [grade.nextStep]),
  ].join('\n');
}

/** Returns what names a right at a terminal: its end, or all of the one that a workspace begins with. */
export function shortGrantId({ id }: Pick<ApproverGrant, 'id'>): string {
  return id.includes(':') ? id : id.slice(-8);
}

/** Returns whose right it is and how far it goes. */
export function grantText(grant: ApproverGrant): string {
  return `${plainText(grant.personName, 60)} (${accountText(grant)}): ${reachText(grant)}`;
}

function accountText({ accountSource, accountExternalId }: ApproverGrant): string {
  return plainText(`${accountSource}:${accountExternalId}`, 120);
}

function reachText({ scope, escalationLevel }: ApproverGrant): string {
  const what = scope === '*' ? 'every action' : plainText(scope, 60);
  return escalationLevel === 0 ? what : `${what}, from escalation ${escalationLevel}`;
}
