import type { JiraData, SlackData } from '@adjutant/connectors/testing';

const newcomers = ['Amara Diallo', 'Hugo Laurent', 'Soo-ah Kim'];

/**
 * Adds people who have just joined: the tracker and the chat know each under one address, for which the
 * chat does not vouch. So a rule is nearly sure that they are one, and somebody is asked.
 */
export function addNewcomers({ jira, slack }: { jira: JiraData; slack: SlackData }): void {
  for (const name of newcomers) {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@acme.example`;
    jira.addUser({ displayName: name, emailAddress: email });
    slack.addUser({
      id: `U0${String(slack.users.length).padStart(6, '0')}`,
      name: email.slice(0, email.indexOf('@')),
      realName: name,
      email,
      isEmailConfirmed: false,
    });
  }
}
