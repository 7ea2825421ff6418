import {
  type GeneratedTeam,
  startJiraTwin,
  startPagerdutyTwin,
  startSlackTwin,
} from '@adjutant/connectors/testing';
import { demoClock } from '../demo-clock.ts';
import { addNewcomers } from './add-newcomers.ts';
import type { DeclaredAccounts } from './demo-people.ts';
import { demoChannel } from './plant-channel.ts';
import { teamAtWork } from './team-at-work.ts';

/** Where the team plans, talks and is called at night: on this machine, for as long as the demo runs. */
export interface StartedWork {
  /** As a configuration names them. */
  connectors: Readonly<Record<'jira' | 'pagerduty' | 'slack', object>>;
  people: DeclaredAccounts[];
  /** Tokens in variables, each beside the one host that it is for. */
  env: Readonly<Record<string, string>>;
  requestCount: () => number;
  /** Lets people join whom the tracker and the channel each know, and nobody has said to be one. */
  addNewcomers: () => void;
  close: () => Promise<void>;
}

const variableOf = (source: string): string => `ADJUTANT_DEMO_${source.toUpperCase()}_TOKEN`;

/** Starts a Jira, a Slack and a PagerDuty that hold a generated team's work. */
export async function startDemoWork(team: GeneratedTeam): Promise<StartedWork> {
  const { jira, owner, slack, pagerduty, people } = teamAtWork(team);
  const clock = demoClock;
  const [tracker, chat, pager] = await Promise.all([
    startJiraTwin({ data: jira, owner, clock }),
    startSlackTwin({ data: slack, clock }),
    startPagerdutyTwin({ data: pagerduty, clock }),
  ]);
  const token = (source: string): string => `\${${variableOf(source)}}`;
  const served = [
    ['jira', tracker.url, tracker.token],
    ['slack', chat.baseUrl, chat.token],
    ['pagerduty', pager.apiUrl, pager.token],
  ] as const;
  return {
    connectors: {
      jira: {
        site: tracker.url,
        projects: jira.projects.map(({ key }) => key),
        email: tracker.email,
        token: token('jira'),
      },
      slack: { channels: [demoChannel], baseUrl: chat.baseUrl, token: token('slack') },
      pagerduty: { baseUrl: pager.apiUrl, token: token('pagerduty') },
    },
    people,
    env: Object.fromEntries(
      served.flatMap(([source, url, value]) => [
        [variableOf(source), value],
        [`${variableOf(source)}_HOST`, new URL(url).host],
      ]),
    ),
    addNewcomers: () => addNewcomers({ jira, slack }),
    requestCount: () => tracker.requests.length + chat.requests.length + pager.requests.length,
    close: async () => {
      await Promise.all([tracker.close(), chat.close(), pager.close()]);
    },
  };
}
