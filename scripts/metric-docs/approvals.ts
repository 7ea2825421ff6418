import type { Difference, MetricDocs } from './metric-doc.ts';

const others: Difference[] = (['DevLake', 'Middleware', 'Four Keys'] as const).map((system) => ({
  system,
  number: 'no such figure',
  why: 'It proposes no actions, so there is nothing to decide.',
}));
const whole = 'Actions belong to the whole workspace: a team or a repository has none.';

/** Pages of how people decide about actions. */
export const approvalDocs: MetricDocs = {
  approval_latency_ms: {
    answers: 'How long do proposed actions wait for people?',
    formula: `wait(action) = decided at − first prepared at
value = p50 of wait, over the actions that people decided in the window`,
    timeline: {
      title: 'From a prepared action to its decision',
      rows: [
        {
          instants: [
            { at: 0, label: 'proposed' },
            { at: 18, label: 'prepared' },
            { at: 46, label: 'changed by a person' },
            { at: 68, label: 'first of two approves' },
            { at: 88, label: 'second approves' },
            { at: 100, label: 'executed' },
          ],
          spans: [{ from: 18, to: 88, label: 'waits for people', stage: 'pickup' }],
          brackets: [{ from: 18, to: 88, label: 'approval latency' }],
        },
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'Where several must agree, it ends with the last of them.',
      'Where somebody changed the action first, it still began with the first proposal.',
      'What policy let run waited for nobody and stays out; so does what expired undecided.',
      whole,
    ],
    differsFrom: others,
    canMislead: [
      'Nights and weekends count.',
      'A short wait may mean that nobody reads: see `approval_override_rate`.',
      'What expired undecided waited longest, and is not in it.',
    ],
  },
  approval_override_rate: {
    answers: 'How often do people decline or change what was proposed?',
    formula: `value = actions declined, or changed before the decision ÷ actions that people decided in the window`,
    timeline: {
      title: 'Four decisions of people and one of policy',
      rows: [
        {
          label: 'decided',
          instants: [
            { at: 6, label: 'approved' },
            { at: 24, label: 'declined' },
            { at: 44, label: 'changed, then approved' },
            { at: 66, label: 'approved' },
            { at: 90, label: 'let run by policy', ignored: true },
          ],
          brackets: [{ from: 6, to: 66, label: '2 of 4 overridden = 50 %' }],
        },
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'What was changed and then declined counts once.',
      'Actions that policy let run, and what expired undecided, are not decisions of people.',
      'Policy let everything run: unknown, not 0.',
      whole,
    ],
    differsFrom: others,
    canMislead: [
      'Neither direction is good: a high share may mean poor proposals, none that nobody looks.',
      'Letting policy decide the easy ones leaves the hard ones, and lifts it.',
    ],
  },
  auto_vs_hitl_counts: {
    answers: 'How many actions run by policy, and how many do people decide?',
    formula: `auto = decided by policy      hitl = decided by people
value = auto + hitl, of the actions decided in the window`,
    timeline: {
      title: 'Decisions in a window',
      rows: [
        {
          label: 'decided',
          instants: [
            { at: 10, label: 'by policy' },
            { at: 28, label: 'by policy' },
            { at: 48, label: 'by people: approved' },
            { at: 72, label: 'by people: declined' },
            { at: 90, label: 'expired', ignored: true },
          ],
          brackets: [{ from: 10, to: 72, label: '2 auto + 2 hitl = 4' }],
        },
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'A refusal is a decision of people like an approval.',
      'What expired undecided is in neither.',
      'A window without a decision is 0 where one from before it is known, else unknown.',
      whole,
    ],
    differsFrom: others,
    canMislead: [
      'A count of decisions says nothing of their weight.',
      'More rules mean more actions by policy, whatever they are worth.',
    ],
  },
};
