import { describe, expect, it } from 'vitest';
import { now, startSyncTrial } from './__fixtures__/trial.ts';
import { incidentEvents } from './map/incident-events.ts';
import { mapIncident } from './map/map-incident.ts';
import { incidentPayloadSchema } from './payloads.ts';

const minuteMs = 60_000;

describe('what happened to an incident', () => {
  it('is told by its log: who did what when, and no text of a note', async () => {
    const trial = await startSyncTrial({ incidents: 0 });
    const { data, ada, grace, checkout } = trial;
    const createdAt = checkout.createdAt + minuteMs;
    const at = (minutes: number): number => createdAt + minutes * minuteMs;
    const incident = data.addIncident(checkout, { createdAt });
    data.triggerAgain(incident, at(1));
    data.escalate(incident, null, at(5));
    data.acknowledge(incident, grace, at(6));
    data.addNote(incident, 'The password is hunter2', ada, at(7));
    data.letGo(incident, at(20));
    data.resolve(incident, grace, at(30));
    data.reopen(incident, ada, at(31));
    data.resolve(incident, ada, at(40));
    await trial.pass();
    const events = trial.events(incident.id);
    expect(
      events.map(({ kind, at: when, actorAccountExternalId }) => [
        kind,
        (when - createdAt) / minuteMs,
        actorAccountExternalId,
      ]),
    ).toEqual([
      ['triggered', 0, null],
      ['assigned', 0, null],
      ['alert', 1, null],
      ['escalated', 5, null],
      ['assigned', 5, null],
      ['acknowledged', 6, grace.id],
      ['note', 7, ada.id],
      ['unacknowledged', 20, null],
      ['resolved', 30, grace.id],
      ['reopened', 31, ada.id],
      ['resolved', 40, ada.id],
    ]);
    expect(JSON.stringify(events)).not.toContain('hunter2');
    expect(events.every(({ summary }) => summary !== null)).toBe(true);
  });

  it('begins without a request, and goes on with one for each incident that has changed', async () => {
    const trial = await startSyncTrial({ incidents: 20 });
    const { data, ada, grace, search } = trial;
    await trial.pass();
    trial.clock.advance(10 * minuteMs);
    const incident = data.addIncident(search, { createdAt: now + minuteMs });
    const quiet = data.addIncident(search, { createdAt: now + minuteMs });
    const first = await trial.pass();
    expect(first.asked).toEqual(['/services', '/incidents', '/incidents']);
    expect(trial.events(incident.id)).toMatchObject([{ kind: 'triggered', at: now + minuteMs }]);
    expect(trial.incidents().get(incident.id)).toMatchObject({
      url: `https://acme.pagerduty.com/incidents/${incident.id}`,
      assigneeAccountExternalIds: [ada.id],
    });
    trial.clock.advance(10 * minuteMs);
    data.escalate(incident, null, now + 12 * minuteMs);
    const second = await trial.pass();
    expect(second.asked.slice(3)).toEqual([`/incidents/${incident.id}/log_entries`]);
    expect(second.given['incidents']).toEqual([incident.id]);
    expect(trial.incidents().get(incident.id)?.assigneeAccountExternalIds).toEqual([grace.id]);
    expect(trial.events(incident.id).map(({ kind }) => kind)).toContain('escalated');
    expect(trial.events(quiet.id)).toHaveLength(1);
    trial.clock.advance(10 * minuteMs);
    data.addNote(incident, 'Looking', ada, now + 22 * minuteMs);
    await trial.pass();
    expect(trial.events(incident.id).at(-1)).toMatchObject({ kind: 'note' });
    const last = await trial.pass();
    expect(last.asked).toEqual(['/services', '/incidents', '/incidents']);
  });

  it('is only that it began where the log may not be read', () => {
    const begun = { id: 'Q1', created_at: '2026-11-20T12:00:00Z' };
    expect(incidentEvents({ ...begun, log_entries: null })).toMatchObject([
      { externalId: 'created:Q1', kind: 'triggered', at: now },
    ]);
  });
});

it.each([
  ['javascript:alert(1)', null],
  ['http://acme.pagerduty.com/incidents/Q1', null],
  ['https://acme.pagerduty.com/incidents/Q1', 'https://acme.pagerduty.com/incidents/Q1'],
  [null, null],
])('takes %s as the page %s', (html_url, url) => {
  const payload = incidentPayloadSchema.parse({
    id: 'Q1',
    title: 'It broke',
    status: 'triggered',
    created_at: '2026-11-20T12:00:00Z',
    html_url,
  });
  const [row] = mapIncident(payload).incidents ?? [];
  expect(row).toMatchObject({ url, assigneeAccountExternalIds: null });
});
