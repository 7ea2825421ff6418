import { github } from '@adjutant/connectors/github';
import { jira } from '@adjutant/connectors/jira';
import { pagerduty } from '@adjutant/connectors/pagerduty';
import { slack } from '@adjutant/connectors/slack';
import {
  startGithubTwin,
  startJiraTwin,
  startPagerdutyTwin,
  startSlackTwin,
} from '@adjutant/connectors/testing';
import type { Clock, ConfiguredConnector } from '@adjutant/core';
import type { Organisation } from './organisation.ts';
import { dayText } from './working-time.ts';
import type { World } from './world.ts';

export interface ServedWorld {
  connectors: ConfiguredConnector[];
  /** Breaks and mends what is planted to be broken at present. */
  putOutages(): void;
  close(): Promise<void>;
}

/** Serves a world as its vendors would, over HTTP on this machine. */
export async function serveWorld(
  world: World,
  { people, places, channels }: Organisation,
  clock: Clock,
): Promise<ServedWorld> {
  const [owner] = people;
  if (owner === undefined) throw new Error('Nobody works there.');
  const forge = await startGithubTwin({ data: world.github, clock });
  const tracker = await startJiraTwin({ data: world.jira, owner: owner.jira, clock });
  const chat = await startSlackTwin({ data: world.slack, clock });
  const pager = await startPagerdutyTwin({ data: world.pagerduty, clock });
  const since = dayText(world.begins);
  const connectors = [
    github({
      repositories: Object.keys(places).map((name) => `acme/${name}`),
      organization: 'acme',
      baseUrl: forge.url,
      token: forge.token,
      workflows: {
        '*': [{ workflow: 'ci.yml', deploys: false }],
        'acme/portal': [{ workflow: 'nightly.yml', deploys: false, jobs: true }],
      },
    }),
    jira({
      site: tracker.url,
      projects: world.jira.projects.map(({ key }) => key),
      email: tracker.email,
      token: tracker.token,
    }),
    slack({
      channels: channels.map(({ name }) => name),
      baseUrl: chat.baseUrl,
      token: chat.token,
      since,
    }),
    pagerduty({ baseUrl: pager.apiUrl, token: pager.token, since }),
  ];
  return {
    connectors,
    putOutages() {
      pager.faults.length = 0;
      if (world.outages.pagerduty) pager.faults.push({ kind: 'denied', always: true });
    },
    async close() {
      await Promise.all([forge, tracker, chat, pager].map((twin) => twin.close()));
    },
  };
}
