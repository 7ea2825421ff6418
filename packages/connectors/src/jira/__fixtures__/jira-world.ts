import { createFakeClock } from '@adjutant/core/testing';
import { onTestFinished } from 'vitest';
import { createMemoryStore, type MemoryStore } from '../../testing/__fixtures__/memory-store.ts';
import { jira } from '../connector.ts';
import { type GeneratedJiraSite, generateJiraSite } from '../testing/generate-jira-site.ts';
import { type JiraTwin, startJiraTwin } from '../testing/start-jira-twin.ts';

export const worldEndsAt = Date.parse('2026-10-01T12:00:00Z');

export interface JiraWorld extends GeneratedJiraSite {
  twin: JiraTwin;
  clock: ReturnType<typeof createFakeClock>;
  config: Record<string, unknown>;
  store: MemoryStore;
  /** Everything that was asked since the last call. */
  asked: () => string[];
}

/** Starts a twin with one project, and a store that reads it. All ends with the test. */
export async function startJiraWorld(
  options: { issues?: number; config?: object; timeZoneOffsetMs?: number } = {},
): Promise<JiraWorld> {
  const { issues = 20, config: more = {}, timeZoneOffsetMs = 0 } = options;
  const site = generateJiraSite({ issues, to: worldEndsAt });
  const clock = createFakeClock(worldEndsAt);
  const twin = await startJiraTwin({ ...site, clock, timeZoneOffsetMs });
  onTestFinished(() => twin.close());
  const config = {
    site: twin.url,
    projects: ['PAY'],
    email: twin.email,
    token: twin.token,
    writeToken: twin.writeToken,
    ...more,
  };
  const store = createMemoryStore(jira(config), clock);
  return { ...site, twin, clock, config, store, asked: () => twin.requests.splice(0) };
}

/** Returns the rows of one kind that a store holds. */
export function rowsOf(store: MemoryStore, kind: string): Record<string, unknown>[] {
  return store
    .rows()
    .filter((row) => row.startsWith(`${kind} `))
    .map((row) => JSON.parse(row.slice(kind.length + 1)) as Record<string, unknown>);
}
