import { type ConfiguredConnector, createAdjutant } from '../../packages/core/src/index.ts';
import { github } from '../../packages/connectors/src/github/connector.ts';
import { jira } from '../../packages/connectors/src/jira/connector.ts';
import { pagerduty } from '../../packages/connectors/src/pagerduty/connector.ts';
import { slack } from '../../packages/connectors/src/slack/connector.ts';
import type { Figure } from './figure.ts';

const daysRead = 7;
const dayMs = 86_400_000;

interface LiveSystem {
  title: string;
  /** What has to be set; without one of them nothing is asked of this system. */
  variables: readonly string[];
  /** Returns the connector for the values of the variables, in their order. */
  connect: (...values: string[]) => ConfiguredConnector;
}

const systems: readonly LiveSystem[] = [
  {
    title: 'GitHub',
    variables: ['ADJUTANT_LIVE_GITHUB_TOKEN', 'ADJUTANT_LIVE_GITHUB_REPOSITORY'],
    connect: (token = '', repository = '') => github({ token, repositories: [repository] }),
  },
  {
    title: 'Jira',
    variables: [
      'ADJUTANT_LIVE_JIRA_TOKEN',
      'ADJUTANT_LIVE_JIRA_EMAIL',
      'ADJUTANT_LIVE_JIRA_SITE',
      'ADJUTANT_LIVE_JIRA_PROJECT',
    ],
    connect: (token = '', email = '', site = '', project = '') =>
      jira({ token, email, site, projects: [project] }),
  },
  {
    title: 'Slack',
    variables: ['ADJUTANT_LIVE_SLACK_TOKEN', 'ADJUTANT_LIVE_SLACK_CHANNEL'],
    connect: (token = '', channel = '') => slack({ token, channels: [channel] }),
  },
  {
    title: 'PagerDuty',
    variables: ['ADJUTANT_LIVE_PAGERDUTY_TOKEN', 'ADJUTANT_LIVE_PAGERDUTY_SERVICE'],
    connect: (token = '', service = '') => pagerduty({ token, services: [service] }),
  },
];

/**
 * The systems themselves, where somebody set the variables of a sandbox of hers: what they show is
 * checked and read, and nothing is written.
 */
export async function liveFigures(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const system of systems) figures.push(...(await tryLive(system)));
  return figures;
}

async function tryLive({ title, variables, connect }: LiveSystem): Promise<Figure[]> {
  const item = `${title} itself`;
  const missing = variables.filter((name) => (process.env[name] ?? '') === '');
  if (missing.length > 0) {
    const value = `not asked: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set`;
    return [{ item, name: 'reads', value, bound: 'only where somebody sets them', ok: true }];
  }
  const connector = connect(...variables.map((name) => process.env[name] ?? ''));
  const adjutant = await createAdjutant({ store: ':memory:', connectors: [connector] });
  try {
    const reports = await adjutant.check();
    const wrong = reports.flatMap(({ report: { items } }) =>
      items.filter(({ ok, optional }) => !ok && optional !== true).map(({ message }) => message),
    );
    const figures: Figure[] = [
      {
        item,
        name: 'check',
        value: wrong.length === 0 ? 'nothing is missing' : wrong.join('; '),
        bound: 'nothing is missing',
        ok: wrong.length === 0,
      },
    ];
    const since = Date.now() - daysRead * dayMs;
    for (const mode of ['backfill', 'incremental'] as const) {
      const asked = mode === 'backfill' ? { mode, since } : { mode };
      const { streams } = await adjutant.sync(asked);
      const failed = streams.filter(({ outcome }) => outcome !== 'complete');
      const told = failed.map(({ stream, error }) => `${stream}: ${error?.message ?? 'cut off'}`);
      const records = streams.reduce((sum, one) => sum + one.records, 0);
      figures.push({
        item,
        name: `reads ${streams.length} streams, ${mode}, ${records} records`,
        value: failed.length === 0 ? 'complete' : told.join('; '),
        bound: 'complete',
        ok: failed.length === 0,
      });
    }
    return figures;
  } finally {
    await adjutant.close();
  }
}
