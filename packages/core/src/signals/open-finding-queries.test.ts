import Database from 'libsql';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { openStore } from '../store/open-store.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { createFakeClock, createRowsConnector } from '../testing.ts';
import { source, start } from './__fixtures__/subject-world.ts';
import { type AnySignalRule, defineSignal } from './define-signal.ts';

const ruleOf = (subject: 'pull_request' | 'incident'): AnySignalRule =>
  defineSignal({
    id: `all-${subject}`,
    version: 1,
    title: 'Never',
    description: 'Finds nothing.',
    subject,
    severity: 'low',
    params: z.object({}),
    evaluate: () => null,
  });

test('whatever looks for open findings finds them by their index', async () => {
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  const clock = createFakeClock(start);
  const rules = [ruleOf('pull_request'), ruleOf('incident')];
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    signals: rules,
    proposeForSignals: rules.map(({ id }) => id),
    connectors: [createRowsConnector({ id: source, records: () => ({}) })],
  });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  await adjutant.sync();
  clock.advance(3_600_000);
  await adjutant.sync();
  await handle.signals.list();
  await handle.signals.list({ ruleId: 'stale', atLeast: 'high' });
  const asked = new Set(prepare.mock.calls.map(([text]) => text));
  prepare.mockRestore();
  const queries = [...asked].filter(
    (text) => /^\s*select/i.test(text) && /signal_findings \w+/.test(text) && /'open'/.test(text),
  );
  expect(queries.length).toBeGreaterThanOrEqual(7);
  const store = await openStore(':memory:');
  for (const text of queries) {
    const { rows } = await store.read.session.execute(`explain query plan ${text}`, []);
    const steps = rows.map((row) => String(row[3]));
    expect(steps.join('\n')).toMatch(/USING (?:COVERING )?INDEX signal_findings_open/);
    expect(steps.join('\n')).not.toContain('signal_findings_subject');
  }
  await store.close();
});
