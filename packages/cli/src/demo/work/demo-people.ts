import type { JiraData, PagerdutyData, SlackData, TwinUser } from '@adjutant/connectors/testing';

/** Somebody of the made-up team, as each place of work knows her. */
export interface DemoPerson {
  name: string;
  jira: ReturnType<JiraData['addUser']>;
  slack: TwinUser;
  pager: ReturnType<PagerdutyData['addUser']>;
}

/** Somebody with the accounts that are hers, as a configuration names them. */
export interface DeclaredAccounts {
  name: string;
  accounts: string[];
}

interface Places {
  jira: JiraData;
  slack: SlackData;
  pagerduty: PagerdutyData;
}

/** Gives somebody of the team an account in each place. Slack and PagerDuty vouch for no address. */
export function addDemoPerson(
  { jira, slack, pagerduty }: Places,
  { name, email }: { name: string; email: string },
): { person: DemoPerson; declared: DeclaredAccounts } {
  const person: DemoPerson = {
    name,
    jira: jira.addUser({ displayName: name, showsEmail: false }),
    slack: slack.addUser({
      id: `U0${String(slack.users.length).padStart(6, '0')}`,
      name: name.toLowerCase().replaceAll(' ', '.'),
      realName: name,
    }),
    pager: pagerduty.addUser(name),
  };
  const accounts = [
    `git:${email}`,
    `jira:${person.jira.accountId}`,
    `slack:${person.slack.id}`,
    `pagerduty:${person.pager.id}`,
  ];
  return { person, declared: { name, accounts } };
}
