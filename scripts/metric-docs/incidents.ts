import type { MetricDocs } from './metric-doc.ts';

/** Pages of how long incidents last. */
export const incidentDocs: MetricDocs = {
  time_to_restore: {
    answers: 'How long do incidents last once they are noticed?',
    formula: `duration(incident) = resolved at − begun at
value = p50 of duration, over incidents of our own that began in the window`,
    timeline: {
      title: 'From the beginning of an incident to its end',
      rows: [
        {
          instants: [
            { at: 0, label: 'deployment that caused it' },
            { at: 34, label: 'incident begins' },
            { at: 58, label: 'acknowledged' },
            { at: 100, label: 'resolved' },
          ],
          spans: [{ from: 34, to: 100, label: 'incident', stage: 'failed' }],
          brackets: [
            { from: 34, to: 100, label: 'time to restore' },
            { from: 0, to: 100, label: 'failed_deployment_recovery_time', beside: true },
          ],
        },
      ],
      note: 'Not to scale. The beginning is what the source of the incident says.',
    },
    edgeCases: [
      'Incidents marked external are left out and counted in a caveat.',
      'Whether a deployment caused it does not matter; a caveat says how many are linked to none.',
      'An incident that is still open has no value yet.',
      'Resolved before it began, by the clocks: left out, and said so.',
      'Without a source of incidents it is unknown.',
    ],
    worked: {
      example: 'G3',
      value: 23.5,
      shown: '23.5 h',
      why: 'a mean, or from another beginning',
    },
    differsFrom: [
      {
        system: 'DevLake',
        why: 'Its 2021 mode runs from the creation of an incident to its resolution, as this does; its 2023 mode begins at the deployment.',
      },
      {
        system: 'Middleware',
        why: 'It takes the mean from creation to resolution, so one long outage stands for all; ours is the median.',
      },
      {
        system: 'Four Keys',
        why: 'It begins at the causing commit where that is earlier than the issue, and says whole hours.',
      },
    ],
    canMislead: [
      'It begins when the source says so: a late alarm makes it short.',
      'Many small alarms lower the median while the long outages stay as long.',
      'Closing an incident is paperwork in some teams, and done on Monday.',
    ],
  },
  time_to_acknowledge: {
    answers: 'How long until somebody takes up an incident?',
    formula: `wait(incident) = acknowledged at − begun at
value = p50 of wait, over incidents of our own that began in the window`,
    timeline: {
      title: 'From the beginning of an incident to its acknowledgement',
      rows: [
        {
          instants: [
            { at: 0, label: 'incident begins' },
            { at: 40, label: 'acknowledged' },
            { at: 100, label: 'resolved' },
          ],
          spans: [
            { from: 0, to: 40, label: 'nobody has it', stage: 'pickup' },
            { from: 40, to: 100, label: 'somebody has it', stage: 'failed' },
          ],
          brackets: [{ from: 0, to: 40, label: 'time to acknowledge' }],
        },
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'An incident without an acknowledgement has no value, also where it was resolved without one; a caveat counts it.',
      'Incidents marked external are left out.',
      'Acknowledged before it began, by the clocks: left out, and said so.',
    ],
    differsFrom: [],
    canMislead: [
      'A tool that acknowledges by itself makes it nearly 0.',
      'Acknowledged is not worked on.',
      'What nobody ever acknowledged is missing: the worst cases.',
    ],
  },
};
