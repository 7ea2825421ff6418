import type { IncidentSummary } from '@adjutant/core';
import { formatMinute, speakHours } from '../format.ts';
import { incidentTimeline } from '../incident/build-incident-timeline.ts';
import type { IncidentTimeline, TimelineLine } from '../incident/incident-timeline.ts';
import { quotedName } from '../outside-text/quoted-name.ts';
import { type BriefLine, lineOf, sectionOf } from './brief.ts';
import type { BriefDraft, BriefMoment } from './brief-draft.ts';
import type { BriefReader } from './brief-reader.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Returns the course of one incident; without one, those that are open and those of the last thirty days. */
export async function buildIncident(
  handle: BriefReader,
  { now, incident }: BriefMoment,
): Promise<BriefDraft> {
  if (incident === undefined) return listed(await handle.incidents.list({ limit: 50 }), now);
  const timeline = await incidentTimeline(handle, incident);
  return {
    title: `Incident ${quotedName(timeline.key)}`,
    window: {
      from: timeline.lines[0]?.at ?? timeline.createdAt,
      to: (timeline.resolvedAt ?? now) + 1,
    },
    sections: [
      sectionOf('state', 'Where it stands', stateLines(timeline)),
      sectionOf('suspects', 'What it may come from', suspectLines(timeline), {
        empty: 'No deployment near it is suspected.',
      }),
      sectionOf(
        'course',
        'What happened (UTC)',
        timeline.lines.map((line) => courseLine(line)),
        { most: 60 },
      ),
      sectionOf('follow-ups', 'What follows', followUpLines(timeline), {
        most: 20,
        empty: 'Nothing was noted to follow from it.',
      }),
    ],
    notes: [],
  };
}

function listed(incidents: readonly IncidentSummary[], now: number): BriefDraft {
  const open = incidents.filter(({ resolvedAt }) => resolvedAt === null);
  const over = incidents.filter(({ resolvedAt }) => resolvedAt !== null);
  return {
    title: 'Incidents',
    window: { from: now - 30 * dayMs, to: now },
    sections: [
      sectionOf(
        'open',
        'Open',
        open.map((incident) => summaryLine(incident, now)),
        { most: 20, empty: 'No incident is open.' },
      ),
      sectionOf(
        'recent',
        'Of the last thirty days',
        over.map((incident) => summaryLine(incident, now)),
        { most: 20, empty: 'None other began in the last thirty days.' },
      ),
    ],
    notes: [],
  };
}

function summaryLine(incident: IncidentSummary, now: number): BriefLine {
  const { id, key, title, createdAt, resolvedAt, acknowledgedAt, service } = incident;
  const lasted = speakHours(Math.max(0, (resolvedAt ?? now) - createdAt) / hourMs);
  const of = service === null ? '' : ` of ${quotedName(service)}`;
  const untaken = acknowledgedAt === null ? ', and nobody has taken it' : '';
  return lineOf({
    text:
      resolvedAt === null
        ? `${quotedName(key)}${of} has been open for ${lasted}${untaken}.`
        : `${quotedName(key)}${of} lasted ${lasted}.`,
    about: { id, key, title, url: null },
    since: createdAt,
    severity: resolvedAt === null ? 'high' : 'info',
    evidence: [id],
  });
}

function stateLines(timeline: IncidentTimeline): BriefLine[] {
  const { id, key, title, createdAt, acknowledgedAt, resolvedAt, asOf, roles } = timeline;
  const about = { id, key, title, url: null };
  const span = (to: number): string => speakHours(Math.max(0, to - createdAt) / hourMs);
  const texts = [
    resolvedAt === null
      ? `It has been open for ${span(asOf)}.`
      : `It was resolved after ${span(resolvedAt)}.`,
    acknowledgedAt === null
      ? 'Its source does not tell that somebody took it.'
      : `Somebody took it after ${span(acknowledgedAt)}.`,
    ...roles.map(({ role, displayName }) => `${roleTexts[role]}: ${quotedName(displayName)}.`),
    ...(roles.some(({ role }) => role === 'lead') ? [] : ['Nobody is named to lead it.']),
  ];
  return texts.map((text, place) =>
    lineOf({
      text,
      evidence: [id],
      ...(place === 0 ? { about, since: createdAt, suggestions: timeline.proposals } : {}),
      ...(place === 0 && resolvedAt === null ? { severity: 'high' as const } : {}),
    }),
  );
}

const roleTexts = {
  lead: 'Leads it',
  communication: 'Tells others',
  scribe: 'Writes it down',
} as const;

function suspectLines({ suspects }: IncidentTimeline): BriefLine[] {
  return suspects.map(({ name, finishedAt, reasons, evidence }) =>
    lineOf({
      text: `${name}, ${formatMinute(finishedAt)}: ${reasons.join('; ')}.`,
      since: finishedAt,
      evidence,
    }),
  );
}

function courseLine({ at, text, title, url, evidence }: TimelineLine): BriefLine {
  const [id = ''] = evidence;
  return lineOf({
    text: `${formatMinute(at)} ${text}`,
    about: title === null && url === null ? null : { id, key: '', title, url },
    since: at,
    evidence,
  });
}

function followUpLines({ followUps }: IncidentTimeline): BriefLine[] {
  return followUps.map(({ id, reference, owner, dueDay, isOpen }) => {
    const state = isOpen === false ? 'is done' : 'is to be done';
    const who = owner === null ? '' : ` by ${quotedName(owner.displayName)}`;
    const until = dueDay === null ? '' : ` until ${dueDay}`;
    return lineOf({ text: `${quotedName(reference)} ${state}${who}${until}.`, evidence: [id] });
  });
}
