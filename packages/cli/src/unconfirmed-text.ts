import type { Unconfirmed } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { formatDay, plainText } from '@adjutant/insights';
import { grantText, shortGrantId } from './approvers-text.ts';

const mostShown = 20;

/** Returns those that were named, by an id or its end. @throws AdjutantError `NotFound` for none, and for several */
export function chosenOf(
  { passkeys, grants, people }: Unconfirmed,
  ids: readonly string[],
): Unconfirmed {
  const oneOf = (id: string): string => {
    const found = [
      ...passkeys.map(({ authenticatorId }) => authenticatorId),
      ...grants.map((grant) => grant.id),
      ...people.map(({ personId }) => personId),
    ].filter((one) => one === id || one.endsWith(id));
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    throw new AdjutantError(
      'NotFound',
      `${found.length === 0 ? 'Nothing waits' : 'More than one waits'} to be confirmed as "${plainText(id, 80)}".`,
      { hint: 'adjutant approvers confirm lists what does.' },
    );
  };
  const named = new Set(ids.map(oneOf));
  return {
    passkeys: passkeys.filter(({ authenticatorId }) => named.has(authenticatorId)),
    grants: grants.filter(({ id }) => named.has(id)),
    people: people.filter(({ personId }) => named.has(personId)),
  };
}

/** Returns what waits, and the command that confirms it. */
export function waitingText(waiting: Unconfirmed): string {
  const lines = waitingLines(waiting);
  if (lines.length === 0) return 'Nothing waits to be confirmed.';
  const ids = [
    ...waiting.passkeys.map(({ authenticatorId }) => authenticatorId.slice(-8)),
    ...waiting.grants.map((grant) => shortGrantId(grant)),
  ];
  const left = waiting.people.length - mostShown;
  return [
    'The store was restored or adopted. These came with it, and count again once you confirm them:',
    ...lines,
    ...(left > 0 ? [`  and ${left} more people: --json has all`] : []),
    '',
    ...(ids.length === 0
      ? []
      : [
          'Compare the fingerprints with what you know of your passkeys, then confirm those that are right:',
          `  adjutant approvers confirm ${ids.join(' ')}`,
        ]),
    ...(waiting.people.length === 0
      ? []
      : [
          'Until somebody says whose they are, accounts are for figures only: they sign nobody in and show nothing private. If all of them are right:',
          '  adjutant approvers confirm --people',
        ]),
  ].join('\n');
}

/** Returns a line for each passkey and right that waits, and for the first of the people. */
export function waitingLines({ passkeys, grants, people }: Unconfirmed): string[] {
  return [
    ...passkeys.map(
      ({ authenticatorId, personName, label, fingerprint, enrolledAt }) =>
        `  ${authenticatorId.slice(-8)}  passkey of ${plainText(personName, 60)}: ${plainText(label, 60)}, ${fingerprint.slice(0, 16)}, since ${formatDay(enrolledAt)}`,
    ),
    ...grants.map((grant) => `  ${shortGrantId(grant)}  right of ${grantText(grant)}`),
    ...people.slice(0, mostShown).map(({ personId, personName, accounts }) => {
      const names = accounts.map(({ source, externalId }) => `${source}:${externalId}`);
      return `  ${plainText(personId, 80)}  accounts of ${plainText(personName, 60)}: ${plainText(names.join(', '), 300)}`;
    }),
  ];
}
