import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { events } from '../../packages/connectors/src/events/index.ts';
import { git } from '../../packages/connectors/src/git/index.ts';
import { github } from '../../packages/connectors/src/github/index.ts';
import { jira } from '../../packages/connectors/src/jira/index.ts';
import { pagerduty } from '../../packages/connectors/src/pagerduty/index.ts';
import { slack } from '../../packages/connectors/src/slack/index.ts';
import type { ConfiguredConnector } from '../../packages/core/src/index.ts';
import { markdownTable } from '../markdown-table.ts';
import { repositoryRoot } from '../package-build/repository-root.ts';
import { exactly, type Figure } from './figure.ts';
import { readModes } from './read-modes.ts';

/** Configured as far as their definitions need it; nothing is contacted. */
const connectors: readonly ConfiguredConnector[] = [
  events({ webhookSecret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }),
  git({ repositories: ['.'] }),
  github({ repositories: ['acme/widgets'] }),
  jira({ site: 'https://acme.atlassian.net', projects: ['PAY'] }),
  pagerduty({}),
  slack({ channels: ['widgets'] }),
];
const letters = { keyed: 'A', probeable: 'B', blind: 'C' } as const;

/** Returns what each connector brings, by its own definition, as Markdown. */
export function connectorTable(): string {
  const rows = connectors.map(({ definition, config }) => {
    const actions = definition.actions?.(config) ?? [];
    return [
      definition.experimental ? `${definition.id} (experimental)` : definition.id,
      definition.streams.map(({ id }) => id).join(', '),
      actions.map(({ id, effectClass }) => `${id} ${letters[effectClass]}`).join(', ') || 'none',
      definition.webhooks === undefined ? 'none' : 'signed',
      (definition.triedAgainst ?? []).join(', ') || 'nothing',
    ];
  });
  const heading = ['connector', 'streams', 'actions', 'webhooks', 'tried against'];
  const classes = 'Actions: A keyed, B probeable, C blind.';
  return `${markdownTable([heading, ...rows])}\n\n${classes}\n\n${modeTable()}`;
}

/** Each stream and the modes in which it reads, which a test found by trying. */
function modeTable(): string {
  const columns = ['backfill', 'incremental', 'census', 'refetch'] as const;
  const rows = connectors.flatMap(({ definition }) =>
    definition.streams.map(({ id }) => {
      const modes = readModes[definition.id]?.[id] ?? [];
      return [
        `${definition.id} ${id}`,
        ...columns.map((mode) => (modes.includes(mode) ? 'yes' : '')),
      ];
    }),
  );
  return markdownTable([['stream', ...columns], ...rows]);
}

/** Item 0: every connector there is stands in the table, and has a page. */
export async function tableFigures(): Promise<Figure[]> {
  const folder = join(repositoryRoot, 'packages/connectors/src');
  const present = readdirSync(folder).filter((name) =>
    existsSync(join(folder, name, 'connector.ts')),
  );
  const listed = new Set(connectors.map(({ definition }) => definition.id));
  const unlisted = present.filter((name) => !listed.has(name));
  const withoutPage = present.filter(
    (name) => !existsSync(join(repositoryRoot, 'docs/connectors', `${name}.md`)),
  );
  for (const name of unlisted) console.error(`${name} is not in the table.`);
  for (const name of withoutPage) console.error(`${name} has no page in docs/connectors.`);
  const withoutModes = connectors.flatMap(({ definition }) =>
    definition.streams.filter(({ id }) => readModes[definition.id]?.[id] === undefined),
  );
  return [
    exactly('0', 'connectors in the table', listed.size, present.length),
    exactly('0', 'connectors that are not in it', unlisted.length, 0),
    exactly('0', 'connectors without a page in docs/connectors', withoutPage.length, 0),
    exactly('0', 'streams of which nobody tried how they read', withoutModes.length, 0),
  ];
}
