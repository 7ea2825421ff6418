import type { MetricDocs } from './metric-doc.ts';
import { kinds } from './work-items.ts';

/** Pages of the work items that were finished. */
export const finishedWorkItemDocs: MetricDocs = {
  cycle_time: {
    answers:
      'How long does a work item take once begun, and by when is one done with 85 % likelihood?',
    formula: `cycle(item) = done at − first begun at
value = p50 of cycle (continuous), over the items finished in the window
sle_85 = the value at rank ⌈0.85 · n⌉ of the sorted cycles: always one that was observed`,
    timeline: {
      title: 'Cycle time of work items',
      rows: [
        {
          label: 'item 1',
          instants: [
            { at: 2, label: 'created', ignored: true },
            { at: 20, label: 'first begun' },
            { at: 84, label: 'done' },
          ],
          spans: [
            { from: 2, to: 20, label: 'not begun', stage: 'outside' },
            { from: 20, to: 84, label: 'in progress, waiting included', stage: 'work' },
          ],
          brackets: [{ from: 20, to: 84, label: 'cycle time' }],
        },
        {
          label: 'item 2',
          instants: [
            { at: 30, label: 'first begun' },
            { at: 52, label: 'done: no longer its end', ignored: true },
            { at: 66, label: 'reopened' },
            { at: 98, label: 'done again' },
          ],
          spans: [
            { from: 30, to: 52, label: 'in progress', stage: 'work' },
            { from: 52, to: 66, label: 'done', stage: 'deploy' },
            { from: 66, to: 98, label: 'in progress', stage: 'work' },
          ],
          brackets: [{ from: 30, to: 98, label: 'cycle time, from its first start' }],
        },
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'Of 1, 2, 2, 3, 3, 4, 5, 6, 8 and 20 days the expectation at 85 % is 8 days by nearest rank: it covers nine of ten. The continuous 7.3 days would cover eight.',
      'No known start, or a start after the finish: no cycle time, and a caveat counts it.',
      'A reopened item has none until it is finished again, and then from its first start.',
      kinds,
    ],
    differsFrom: [
      {
        system: 'DevLake',
        why: 'It keeps the history of statuses, and has no service-level expectation.',
      },
      { system: 'Middleware', why: 'It has no service-level expectation.' },
      { system: 'Four Keys', why: 'It has no service-level expectation.' },
    ],
    canMislead: [
      'It sees only what was finished: what never ends makes no time long. Read the age beside it.',
      'Moving items to in progress late makes it short.',
      'An expectation from ten items is a guess: look at the sample size.',
    ],
  },
  work_item_throughput: {
    answers: 'How many work items are finished a week?',
    formula: `value = items finished in full weeks, and still done ÷ full weeks of the window`,
    timeline: {
      title: 'Finished work items by full week',
      rows: [
        {
          label: 'finished',
          instants: [
            ...[8, 14, 24].map((at) => ({ at, label: '' })),
            { at: 44, label: 'open again: does not count', ignored: true },
            ...[62, 70].map((at) => ({ at, label: '' })),
            { at: 95, label: 'cut week', ignored: true },
          ],
          spans: [
            { from: 0, to: 30, label: '3', stage: 'deploy' },
            { from: 30, to: 60, label: '0, which counts', stage: 'outside' },
            { from: 60, to: 90, label: '2', stage: 'deploy' },
          ],
          brackets: [{ from: 0, to: 90, label: '5 ÷ 3 full weeks = 1.7 a week' }],
        },
      ],
      lines: [
        { at: 0, label: 'Monday' },
        { at: 30, label: 'Monday' },
        { at: 60, label: 'Monday' },
        { at: 90, label: 'Monday' },
      ],
    },
    edgeCases: [
      'An item counts once, at its last finish, whether or not its start is known.',
      'One that is open again does not count, and a caveat counts it.',
      'Weeks without a finish count as 0; cut weeks are dropped.',
      'A window without a finish is 0 only where earlier ones are known and everything was read since.',
      kinds,
    ],
    differsFrom: [],
    canMislead: [
      'Smaller items raise it without more being done.',
      'Tidying up a board on one day makes a week of many finishes.',
      'It is a count, not value.',
    ],
  },
  flow_efficiency: {
    answers: 'What share of its time is a work item worked on?',
    formula: `value = Σ time in active statuses ÷ Σ time from start to finish, over the items finished in the window`,
    timeline: {
      title: 'Active and waiting time of two items',
      rows: [
        {
          label: 'item 1',
          instants: [
            { at: 0, label: 'begun' },
            { at: 18, label: 'to review queue' },
            { at: 52, label: 'work goes on' },
            { at: 66, label: 'done' },
          ],
          spans: [
            { from: 0, to: 18, label: '3 days active', stage: 'work' },
            { from: 18, to: 52, label: '8 days waiting', stage: 'pickup' },
            { from: 52, to: 66, label: '1 active', stage: 'work' },
          ],
          brackets: [{ from: 0, to: 66, label: '4 of 12 days' }],
        },
        {
          label: 'item 2',
          instants: [
            { at: 78, label: 'begun' },
            { at: 92, label: 'done' },
          ],
          spans: [{ from: 78, to: 92, label: '1 active', stage: 'work' }],
          brackets: [{ from: 78, to: 92, label: '1 of 1 day' }],
        },
      ],
      note: 'Not to scale. (4 + 1) ÷ (12 + 1) = 38 %; the mean of the two ratios would be 67 %.',
    },
    edgeCases: [
      'Of (4, 12), (1, 1) and (2, 20) days it is 7 ÷ 33 = 21.2 %; the mean of the ratios would be 47.8 %.',
      'Nobody told which statuses are active: unknown. No source says it.',
      'An item without changes of status, or without a known start, stays out and is counted in a caveat.',
      'Statuses are compared without regard to case.',
      kinds,
    ],
    differsFrom: [],
    canMislead: [
      'A status "in progress" while nobody works counts as work.',
      'It counts calendar time: nights and weekends in an active status are active.',
      'Few long items decide it, because it is a sum over sums.',
    ],
  },
};
