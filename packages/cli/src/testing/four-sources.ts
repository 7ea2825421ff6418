import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { github } from '@adjutant/connectors/github';
import { jira } from '@adjutant/connectors/jira';
import { pagerduty } from '@adjutant/connectors/pagerduty';
import { slack } from '@adjutant/connectors/slack';
import {
  createGithubData,
  createJiraData,
  createPagerdutyData,
  createSlackData,
  startGithubTwin,
  startJiraTwin,
  startPagerdutyTwin,
  startSlackTwin,
} from '@adjutant/connectors/testing';
import { createAdjutant } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';

const now = Date.parse('2026-11-20T12:00:00Z');

/**
 * One company in four sources. Ada is known by her address everywhere, at PagerDuty and Slack by one
 * that an administrator may have typed. Grace hides hers at Jira. Two are called Sam Lee. Nobody else knows Zed. In each
 * source a program is called as a person is.
 */
export async function startFourSources(
  cwd: string,
  onEnd: (close: () => Promise<void>) => void,
  { lookUpAddresses = true } = {},
) {
  const clock = createFakeClock(now);
  const forge = await startGithubTwin({ data: githubData(), clock });
  const chat = await startSlackTwin({ data: slackData(), clock });
  const tracker = await startJiraTwin({ ...jiraData(), clock });
  const pager = await startPagerdutyTwin({ data: pagerdutyData(), clock });
  for (const twin of [forge, chat, tracker, pager]) onEnd(async () => await twin.close());
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  const open = () =>
    createAdjutant({
      store: join(cwd, 'store.db'),
      clock,
      connectors: [
        github({ organization: 'acme', baseUrl: forge.url, token: forge.token }),
        slack({ channels: ['general'], baseUrl: chat.baseUrl, token: chat.token }),
        jira({
          ...{ site: tracker.url, projects: ['PAY'], email: tracker.email, token: tracker.token },
          lookUpAddresses,
        }),
        pagerduty({ baseUrl: pager.apiUrl, token: pager.token }),
      ],
    });
  return { clock, open, tracker };
}

function githubData() {
  const data = createGithubData();
  const acme = data.addOrganization('acme', 'Acme');
  const ada = data.addActor({
    ...{ login: 'ahill', name: 'Ada Hill', verifiedEmails: ['Ada.Hill@example.com'] },
  });
  data.addMember(acme, ada);
  const grace = { login: 'gpark', name: null, verifiedEmails: ['grace@example.com'] };
  data.addMember(acme, data.addActor(grace));
  data.addRepository(acme, { name: 'api', createdAt: now });
  return data;
}

function slackData() {
  const data = createSlackData();
  const add = (id: string, realName: string, email: string | null, isEmailConfirmed = true) =>
    data.addUser({ id, name: id.toLowerCase(), realName, email, isEmailConfirmed });
  add('U0ADA', 'Ada', 'ada.hill@example.com');
  add('U0GRACE', 'Grace Park', 'grace@example.com');
  add('U0SAM1', 'Sam Lee', 'sam.one@example.com');
  add('U0SAM2', 'Sam Lee', null, false);
  data.addUser({ id: 'U0BOT', name: 'zed', realName: 'Zed Quill', isBot: true });
  data.addChannel({ id: 'C0GENERAL', name: 'general', members: ['U0ADA', 'UREADER01'] });
  return data;
}

function jiraData() {
  const data = createJiraData();
  const owner = data.addUser({ displayName: 'Ada Hill' });
  data.addUser({
    ...{ displayName: 'Park, Grace', emailAddress: 'grace@example.com', showsEmail: false },
  });
  data.addUser({ displayName: 'Sam Lee', emailAddress: 'sl@example.com', showsEmail: false });
  data.addUser({ displayName: 'Zed Quill', emailAddress: 'zq@example.com', showsEmail: false });
  data.addUser({ displayName: 'Sam Lee', accountType: 'app', showsEmail: false });
  data.addBoard(data.addProject('PAY'));
  return { data, owner };
}

function pagerdutyData() {
  const data = createPagerdutyData();
  const ada = data.addUser('Ada Hill');
  data.addService('checkout', data.addPolicy('Checkout', [[ada]]), now);
  return data;
}
