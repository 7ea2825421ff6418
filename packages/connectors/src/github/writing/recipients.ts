import { neutralText } from '../../writing/neutral-text.ts';

/** Returns everybody whom a change on a thread reaches, as far as GitHub tells. */
export function threadRecipients({
  repository,
  logins,
  teams = [],
}: {
  repository: string;
  logins: readonly string[];
  teams?: readonly string[];
}): string[] {
  const people = [...new Set(logins.map((login) => `@${neutralText(login, 60)}`))];
  const groups = [...new Set(teams.map((team) => `@${neutralText(team, 120)} (team)`))];
  return [
    ...people.toSorted(),
    ...groups.toSorted(),
    `subscribers of the thread and watchers of ${repository} (GitHub does not say who)`,
  ];
}
