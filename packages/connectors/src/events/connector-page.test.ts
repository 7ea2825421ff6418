import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openInstallation, signed } from './__fixtures__/sent-events.ts';
import { eventsConfigShape } from './config.ts';
import { events } from './connector.ts';

const page = await readFile(
  new URL('../../../../docs/connectors/events.md', import.meta.url),
  'utf8',
);

/** First column of the table below a heading. */
function column(heading: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name);
}

describe('docs/connectors/events.md', () => {
  it('lists every key of the configuration and every stream', () => {
    expect(column('Configuration')).toEqual(Object.keys(eventsConfigShape));
    expect(column('What it reads')).toEqual(events.definition.streams.map(({ id }) => id));
  });

  it('shows events that are taken as they stand', async () => {
    const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json);
    expect(examples).toHaveLength(3);
    const { adjutant, inbox } = await openInstallation();
    for (const [at, example] of examples.entries()) {
      const answer = await inbox.receive('events', signed(`e-${at}`, example.trim()));
      expect(answer, example).toMatchObject({ outcome: 'stored' });
    }
    expect((await adjutant.sync()).records).toBe(3);
  });
});
