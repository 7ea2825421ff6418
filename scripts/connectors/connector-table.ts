import { git } from '../../packages/connectors/src/git/index.ts';
import { github } from '../../packages/connectors/src/github/index.ts';
import { slack } from '../../packages/connectors/src/slack/index.ts';
import type { ConfiguredConnector } from '../../packages/core/src/index.ts';
import { markdownTable } from '../markdown-table.ts';

/** Configured as far as their definitions need it; nothing is contacted. */
const connectors: readonly ConfiguredConnector[] = [
  git({ repositories: ['.'] }),
  github({ repositories: ['acme/widgets'] }),
  slack({ channels: ['widgets'] }),
];
const heading = ['connector', 'streams', 'actions and their class', 'webhooks', 'tried against'];

/** Returns what each connector brings, by its own definition. */
export function connectorTable(): string {
  const rows = connectors.map(({ definition, config }) => {
    const actions = definition.actions?.(config) ?? [];
    return [
      definition.experimental ? `${definition.id} (experimental)` : definition.id,
      definition.streams.map(({ id }) => id).join(', '),
      actions.map(({ id, effectClass }) => `${id} (${effectClass})`).join(', ') || 'none',
      definition.webhooks === undefined ? 'none' : 'signed',
      (definition.triedAgainst ?? []).join(', ') || 'nothing',
    ];
  });
  return markdownTable([heading, ...rows]);
}
