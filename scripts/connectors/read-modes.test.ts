import { describe, expect, it, onTestFinished } from 'vitest';
import { git } from '../../packages/connectors/src/git/index.ts';
import { createFixtureShelf } from '../../packages/connectors/src/git/testing/fixture-shelf.ts';
import { github } from '../../packages/connectors/src/github/index.ts';
import { makeWorld as makeGithubWorld } from '../../packages/connectors/src/github/__fixtures__/make-world.ts';
import { startGithubTwin } from '../../packages/connectors/src/github/testing/start-github-twin.ts';
import { jira } from '../../packages/connectors/src/jira/index.ts';
import { generateJiraSite } from '../../packages/connectors/src/jira/testing/generate-jira-site.ts';
import { startJiraTwin } from '../../packages/connectors/src/jira/testing/start-jira-twin.ts';
import { pagerduty } from '../../packages/connectors/src/pagerduty/index.ts';
import { makeWorld as makePagerdutyWorld } from '../../packages/connectors/src/pagerduty/__fixtures__/make-world.ts';
import { startPagerdutyTwin } from '../../packages/connectors/src/pagerduty/testing/start-pagerduty-twin.ts';
import { makeSlackWorld } from '../../packages/connectors/src/slack/__fixtures__/slack-world.ts';
import { slack } from '../../packages/connectors/src/slack/index.ts';
import { startSlackTwin } from '../../packages/connectors/src/slack/testing/start-slack-twin.ts';
import type { ConfiguredConnector, ReadMode } from '../../packages/core/src/index.ts';
import { createFakeClock } from '../../packages/core/src/testing.ts';
import { readModes } from './read-modes.ts';
import { tryReadModes } from './try-read-modes.ts';

const now = Date.UTC(2026, 10, 20, 12);
const clock = createFakeClock(now);
const dayMs = 86_400_000;
const shelf = createFixtureShelf();

/** Each connector over a world that has something of every stream. */
const worlds: Record<string, () => Promise<ConfiguredConnector[]>> = {
  async git() {
    onTestFinished(shelf.clear);
    const files = {
      CODEOWNERS: '* @acme/platform\n/web/ @ada\n',
      'README.md': '# API\n\nAnswers.\n',
      '.mailmap': 'Ada <ada@example.com> <ada@old.example>\n',
    };
    const { directory } = await shelf.fixtureOf({
      origin: 'git@git.example.com:acme/api.git',
      commits: [
        { id: 'one', message: 'Begin\n', files },
        { id: 'two', message: 'Go on (#1)\n' },
      ],
      tags: { 'v1.0.0': 'one', 'v1.1.0': 'two' },
    });
    return [git({ repositories: [directory] })];
  },
  async github() {
    const { data, repository, people } = makeGithubWorld({ pullRequests: 40, to: now - dayMs });
    data.addCopilot(repository.owner, 9);
    repository.files.set('README.md', '# Large\n\nAnswers.\n');
    for (const title of ['One', 'Two']) {
      const commit = data.addCommit(repository, { at: now - dayMs });
      data.addPullRequest(repository, { title, createdAt: now - dayMs, commits: [commit] });
    }
    for (const day of ['2026-11-17', '2026-11-18']) {
      const uses = people.map((actor, at) => ({ actor, interactions: at }));
      data.setCopilotDay(repository.owner, day, uses);
    }
    const twin = await startGithubTwin({ data, clock });
    onTestFinished(() => twin.close());
    const config = {
      repositories: ['acme/large'],
      organization: 'acme',
      workflows: { '*': ['deploy.yml'] },
      copilotUsage: true,
      baseUrl: twin.url,
      token: twin.token,
    };
    // Tags are read only where they are what is deployed.
    return [github(config), github({ ...config, deploymentSources: ['tags'] })];
  },
  async jira() {
    const site = generateJiraSite({ issues: 20, to: now - dayMs });
    const twin = await startJiraTwin({ ...site, clock });
    onTestFinished(() => twin.close());
    const { url, email, token } = twin;
    return [jira({ site: url, projects: ['PAY'], email, token })];
  },
  async pagerduty() {
    const { data } = makePagerdutyWorld({ incidents: 12, to: now });
    const twin = await startPagerdutyTwin({ data, clock });
    onTestFinished(() => twin.close());
    const { apiUrl, eventsUrl, token } = twin;
    return [pagerduty({ baseUrl: apiUrl, eventsUrl, token })];
  },
  async slack() {
    const { data } = makeSlackWorld();
    const twin = await startSlackTwin({ data, clock });
    onTestFinished(() => twin.close());
    const { baseUrl, token } = twin;
    return [slack({ channels: ['C0WIDGETS'], baseUrl, token })];
  },
};

describe('the modes in which streams read', () => {
  it.each(Object.keys(worlds))('are those that %s is said to have', async (id) => {
    const connectors = (await worlds[id]?.()) ?? [];
    const found: Record<string, ReadMode[]> = {};
    for (const connector of connectors) {
      Object.assign(found, { ...(await tryReadModes(connector, clock)), ...found });
    }
    expect(found).toEqual(readModes[id]);
    const streams = connectors[0]?.definition.streams.map((stream) => stream.id) ?? [];
    expect(Object.keys(found).toSorted()).toEqual(streams.toSorted());
  });
});
