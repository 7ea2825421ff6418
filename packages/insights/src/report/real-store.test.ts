import { createAdjutant } from '@adjutant/core';
import { createFakeClock, createScriptedConnector, scriptedBatches } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { expect, test } from 'vitest';
import { renderTeamReportPage } from '../html/page.ts';
import { dayMs } from '../format.ts';
import { fakeNow } from '../testing/fake-data.ts';
import { buildTeamReport } from './build-team-report.ts';
import { teamReportSchema } from './team-report.ts';
import { renderTeamReportText } from './text.ts';

const people = ['ada', 'bo', 'chidi', 'dana', 'emre'];

test('a report of the real store holds every merge of the window, each row with its repository', async () => {
  const payloads = Array.from({ length: 360 }, (_, index) => ({
    number: index + 1,
    title: `Change ${index + 1}`,
    author: `${people[index % people.length]}@acme.example`,
    mergedAt: fakeNow - Math.round(((index + 1) / 4) * dayMs),
    sha: (index + 1).toString(16).padStart(40, '0'),
  }));
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [createScriptedConnector(scriptedBatches(payloads, 100))],
    metrics: allMetrics,
    clock: createFakeClock(fakeNow),
  });
  try {
    const summary = await adjutant.sync();
    expect(summary.streams.map(({ error }) => error)).toEqual([null]);
    const handle = adjutant.workspace().as(await adjutant.owner());
    const report = await buildTeamReport(handle, { now: fakeNow });

    expect(teamReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(report.repositories[0]).toMatchObject({ name: 'acme/widgets', mergedCount: 360 });
    expect(report.repositories[0]?.merges.total).toBe(360);
    expect(report.contributors).toBe(people.length);
    expect(report.aiMarks.overall).toMatchObject({ total: 360, unmarked: 360 });
    const throughput = report.figures.find(({ id }) => id === 'throughput');
    expect(throughput?.value).toBe(28);
    expect(throughput?.evidence.rows).toHaveLength(200);
    expect(new Set(throughput?.evidence.rows.map(({ repository }) => repository))).toEqual(
      new Set(['widgets']),
    );
    expect(renderTeamReportText(report).join('\n')).toMatch(/Throughput +28 \/ week +n \d+/);
    expect(renderTeamReportPage(report)).toContain('28 / week');
  } finally {
    await adjutant.close();
  }
});
