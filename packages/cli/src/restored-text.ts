import type { RestoredBackup } from '@adjutant/core';
import { plainText } from '@adjutant/insights';

/** Returns where a backup was put, and what of it counts no more. */
export function restoredText({ path, setAside, ended, erasedSince }: RestoredBackup): string {
  const erased = erasedSince.map(({ personId }) => `  adjutant people erase ${personId}`);
  return [
    `The store at ${plainText(path, 500)} is the backup now; its ledger verifies.`,
    ...(setAside === null ? [] : [`What was there lies at ${plainText(setAside, 500)}.`]),
    ...endedLines(ended),
    ...(erased.length === 0
      ? []
      : [
          '',
          'These were erased after the backup was taken, and are in it. Erase them again:',
          ...erased,
        ]),
  ].join('\n');
}

/** What counted in the backup and does no more, as far as there was any. */
function endedLines(ended: RestoredBackup['ended']): string[] {
  const sum = (
    name:
      | 'pending'
      | 'needsHuman'
      | 'accessTokens'
      | 'pageSessions'
      | 'accountLinks'
      | 'roles'
      | 'stopped',
  ) => ended.reduce((total, one) => total + (one[name] ?? 0), 0);
  const lines = [
    [sum('pending'), 'actions wait for a decision again: adjutant approvals'],
    [
      sum('needsHuman'),
      'actions wait for somebody who says whether they happened: adjutant actions list',
    ],
    [sum('accessTokens'), 'tokens ended; make those that are still needed: adjutant tokens create'],
    [sum('pageSessions'), 'people were signed out'],
    [sum('roles'), 'roles ended; give those that are still right: adjutant people role'],
    [sum('stopped'), 'stops of the replaced store hold on: adjutant actions resume lifts them'],
    [sum('accountLinks'), 'linked accounts ended; link them again on the page "Passkeys"'],
  ] as const;
  const told = lines.flatMap(([count, words]) => (count === 0 ? [] : [`  ${count} ${words}`]));
  const confirm = [
    'Passkeys, rights and accounts count again once you confirm them: adjutant approvers confirm',
  ];
  return told.length === 0
    ? ['', ...confirm]
    : [
        '',
        'What was approved or let somebody in counts no more, as it may have been used or ended since:',
        ...told,
        ...confirm,
      ];
}
