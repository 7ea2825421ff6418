import { createAdjutant } from '@adjutant/core';
import { createFakeClock, createPeopleWorld } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { privacyReportMarkdown } from './privacy-markdown.ts';

async function reportOf(count: number) {
  const world = createPeopleWorld(count);
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [world.connector],
    clock: createFakeClock(world.now),
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  return adjutant
    .workspace()
    .as(await adjutant.owner())
    .privacy.report();
}

test('the report says what is kept, for what, who sees it and what never exists, and names nobody', async () => {
  const report = await reportOf(6);
  const text = privacyReportMarkdown(report);
  for (const title of [
    'Personal data',
    'Who sees what',
    'Thresholds in force',
    'What never exists',
  ]) {
    expect(text).toContain(`## ${title}`);
  }
  expect(text).toContain('5 people');
  expect(text).toContain('| forge | none | widgets |');
  expect(text).toMatch(/\| commits \| .*authored\\_at.* \| 0 \|/);
  expect(text).toMatch(/\| accounts \| .* \| 6 \|/);
  expect(text).not.toContain('person-1');
  expect(JSON.stringify(report)).not.toContain('person-1');
  expect(text).toContain('None so far.');
});

test('counts that could tell of a single person are not told, nor sums that hold them', async () => {
  const report = await reportOf(3);
  const accounts = report.dataMap.find(({ table }) => table === 'accounts');
  expect(accounts).toMatchObject({ rows: null });
  expect(report.visibility.find(({ class: of }) => of === 'identity')?.rows).toBeNull();
  expect(privacyReportMarkdown(report)).toMatch(/\| accounts \| .* \| fewer than 5 \|/);
});

test('a name from outside is no markup', async () => {
  const report = await reportOf(6);
  const scopes = ['a | b', '<script>x</script>', '[link](http://example.com)', 'esc\u001b[31m'];
  const [source] = report.sources;
  if (source === undefined) throw new Error('no source');
  const text = privacyReportMarkdown({
    ...report,
    sources: [{ ...source, scopes, scopesTotal: 9 }],
  });
  expect(text).toContain('a \\| b');
  expect(text).toContain('\\<script\\>');
  expect(text).toContain('\\[link\\](http://example.com)');
  expect(text).not.toContain('\u001b');
  expect(text).toContain('and 5 more');
});
