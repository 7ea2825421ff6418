import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readingScopes } from './check-slack.ts';
import { slackConfigShape } from './config.ts';
import { slack } from './connector.ts';
import { commandNames } from './interactions/run-command.ts';
import { readScopes, writeScopes } from './testing/tokens.ts';
import { hintsOf } from './webhooks/event.ts';

const page = await readFile(
  new URL('../../../../docs/connectors/slack.md', import.meta.url),
  'utf8',
);

/** First column of the table below a heading. */
function column(heading: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name);
}

async function gapCodesInCode(): Promise<string[]> {
  const folder = import.meta.dirname;
  const files = await readdir(folder, { recursive: true });
  const sources = files.filter(
    (file) => file.endsWith('.ts') && !file.includes('test') && !file.includes('__fixtures__'),
  );
  const texts = await Promise.all(sources.map((file) => readFile(join(folder, file), 'utf8')));
  const codes = texts.flatMap((text) => [...text.matchAll(/code: '([a-z][a-z0-9_]+)'/g)]);
  return [...new Set(codes.map(([, code = '']) => code))];
}

/** Entries of a list below a key of a manifest. */
async function listed(manifest: string, key: string): Promise<string[]> {
  const path = new URL(`./manifests/${manifest}.yaml`, import.meta.url);
  const [, part = ''] = (await readFile(path, 'utf8')).split(`${key}:\n`);
  const lines: string[] = [];
  for (const line of part.split('\n')) {
    const entry = /^\s+- (\S+)$/.exec(line)?.[1];
    if (entry !== undefined) lines.push(entry);
    else if (!/^\s*#/.test(line)) break;
  }
  return lines.toSorted();
}

describe('docs/connectors/slack.md', () => {
  it('lists every key of the configuration', () => {
    expect(column('Configuration').toSorted()).toEqual(Object.keys(slackConfigShape).toSorted());
  });

  it('lists every stream', () => {
    expect(column('What it reads')).toEqual(slack.definition.streams.map(({ id }) => id));
  });

  it('lists every gap', async () => {
    const codes = await gapCodesInCode();
    expect(codes.length).toBeGreaterThan(8);
    expect(column('What Slack cannot tell').toSorted()).toEqual(codes.toSorted());
  });

  it('says that it is experimental, as the connector does', () => {
    expect(slack.definition.experimental).toBe(true);
    expect(page).toContain('**Experimental**');
  });
});

describe('the manifests', () => {
  it('ask for the scopes that reading and writing use, and for no other', async () => {
    expect(await listed('reading-app', 'bot')).toEqual(readingScopes.toSorted());
    expect(await listed('reading-app', 'bot')).toEqual(readScopes.toSorted());
    expect(await listed('writing-app', 'bot')).toEqual(writeScopes.toSorted());
  });

  it('name the routes that the gateway answers, and the commands that are known', async () => {
    const path = new URL('./manifests/writing-app.yaml', import.meta.url);
    const manifest = await readFile(path, 'utf8');
    expect([...manifest.matchAll(/command: (\S+)/g)].map(([, name]) => name)).toEqual(commandNames);
    expect(manifest).toContain('request_url: https://HOST/slack/interactions');
    expect(manifest).toContain('request_url: https://HOST/slack/events');
    expect(await listed('writing-app', 'bot_events')).toEqual(['app_home_opened']);
    expect(manifest).toContain('home_tab_enabled: true');
    expect(manifest.match(/url: https:\/\/HOST\/slack\/commands/g)).toHaveLength(
      commandNames.length,
    );
  });

  it('subscribe to events that hint at something, and to no other', async () => {
    const events = await listed('reading-app', 'bot_events');
    expect(events.length).toBeGreaterThan(5);
    const payload = { type: 'event_callback', team_id: 'T0ACME', event: { channel: 'C0WIDGETS' } };
    const idle = events.filter((event) => hintsOf(event.split('.')[0] ?? '', payload).length === 0);
    expect(idle).toEqual([]);
  });
});
