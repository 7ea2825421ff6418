import type { IncidentCourse } from '@adjutant/core';
import type { BriefReader } from '../briefs/brief-reader.ts';
import { githubNames } from '../triage/proposals.ts';
import { incidentProposals } from './incident-proposals.ts';
import type { IncidentTimeline, SuspectDeployment } from './incident-timeline.ts';
import { suspectDeployments } from './suspect-deployments.ts';
import { timelineLines } from './timeline-lines.ts';

/**
 * Returns the course of an incident with the rows behind each line, the deployments that it may come
 * from with reasons, who does what, what follows and what could be proposed.
 * @throws AdjutantError `NotFound`
 */
export async function incidentTimeline(
  reader: BriefReader,
  incidentId: string,
): Promise<IncidentTimeline> {
  const course = takenByLog(await reader.incidents.course(incidentId));
  const { incident, roles, followUps, meta } = course;
  const suspects = suspectDeployments(course);
  const { id, externalId, title, serviceKey, severity, isExternal } = incident;
  return {
    id,
    key: externalId,
    title,
    service: serviceKey,
    severity,
    isExternal,
    createdAt: incident.createdAt,
    acknowledgedAt: incident.acknowledgedAt,
    resolvedAt: incident.resolvedAt,
    asOf: meta.asOf,
    lines: timelineLines(course),
    suspects,
    roles: roles.map(({ role, personId, displayName }) => ({ role, personId, displayName })),
    followUps: followUps.map(({ workItemId: _, ...followUp }) => followUp),
    openQuestions: openQuestions(course, suspects),
    proposals: incidentProposals(course, suspects, githubNames(await reader.repositories())),
  };
}

/** When somebody took it, from its log where the incident itself does not tell. */
function takenByLog(course: IncidentCourse): IncidentCourse {
  const { incident, events } = course;
  const taken = events.find(({ kind }) => kind === 'acknowledged');
  if (incident.acknowledgedAt !== null || taken === undefined) return course;
  return { ...course, incident: { ...incident, acknowledgedAt: taken.at } };
}

/** What nobody can read from the rows, so that somebody says it. */
function openQuestions(
  { incident, roles, followUps, events, hasMoreDeployments }: IncidentCourse,
  suspects: readonly SuspectDeployment[],
): string[] {
  return [
    ...(roles.some(({ role }) => role === 'lead') ? [] : ['Who leads, or led, it?']),
    ...(incident.acknowledgedAt === null
      ? ['When did somebody take it? Its source does not tell.']
      : []),
    ...(incident.serviceKey === null ? ['Which service broke? Its source does not tell.'] : []),
    ...(events.length === 0
      ? ['What was done meanwhile? Its source keeps no log of it here.']
      : []),
    suspects.length === 0
      ? 'What did it come from? No deployment near it is suspected.'
      : 'Did it come from what is suspected, and what in it?',
    ...(hasMoreDeployments
      ? ['There were more deployments than are shown: is another one suspected?']
      : []),
    'How did we notice it, and how could we sooner?',
    'What made it last as long as it did?',
    ...(followUps.length === 0 ? ['What follows from it, who does it, until when?'] : []),
  ];
}
