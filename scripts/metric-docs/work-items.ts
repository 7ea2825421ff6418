import type { Difference, MetricDocs } from './metric-doc.ts';

/** Said of every figure of flow. */
export const kinds = 'Epics and subtasks stay out, and a caveat counts them.';
const noneOfFlow = 'It has none of work in progress, age, expectations and forecasts.';
const others: Difference[] = [
  {
    system: 'DevLake',
    why: 'It keeps the history of statuses, and shows no work in progress, age or expectation.',
  },
  { system: 'Middleware', number: 'no such figure', why: noneOfFlow },
  { system: 'Four Keys', number: 'no such figure', why: noneOfFlow },
];

/** Pages of which work items are where at an instant. */
export const workItemDocs: MetricDocs = {
  wip: {
    answers: 'How much work is begun and not finished?',
    formula: `in progress(item, t) = begun at ≤ t, not done at t, and not put back to not begun
value = items in progress at the end of the window, or now where that is earlier`,
    timeline: {
      title: 'Work items at the end of the window',
      rows: [
        {
          label: 'item 1',
          instants: [{ at: 6, label: 'begun' }],
          spans: [{ from: 6, to: 90, label: 'in progress: counts', stage: 'work' }],
        },
        {
          label: 'item 2',
          instants: [
            { at: 14, label: 'begun' },
            { at: 40, label: 'done' },
            { at: 64, label: 'reopened' },
          ],
          spans: [
            { from: 14, to: 40, label: 'in progress', stage: 'work' },
            { from: 40, to: 64, label: 'done', stage: 'deploy' },
            { from: 64, to: 90, label: 'counts again', stage: 'work' },
          ],
        },
        {
          label: 'item 3',
          instants: [
            { at: 24, label: 'begun', ignored: true },
            { at: 56, label: 'put back', ignored: true },
          ],
          spans: [
            { from: 24, to: 56, label: 'in progress', stage: 'work' },
            { from: 56, to: 90, label: 'not begun: does not', stage: 'outside' },
          ],
        },
      ],
      lines: [{ at: 90, label: 'end of the window' }],
      note: 'Not to scale. The value here is 2.',
    },
    edgeCases: [
      'The past is replayed from the changes of status; an item without changes counts from its start to its end.',
      'In progress since nobody knows when: it counts now and on no earlier day.',
      'A source that only knows open and closed does not tell what is begun: unknown.',
      kinds,
      'Days before anything is known are unknown, not 0.',
    ],
    differsFrom: others,
    canMislead: [
      'A status that nobody moves hides work, and one that everybody moves at once makes it.',
      'More people have more in progress: compare a team with itself.',
      'An item of a month and one of an hour count the same.',
    ],
    series: 'days',
  },
  work_item_age: {
    answers: 'How old is the work in progress, and what needs attention first?',
    formula: `age(item) = end of the window (or now) − first begun at
value = p50 of age, over the items in progress
aging = those older than the 85 % of the items finished in the window took (nearest rank)`,
    timeline: {
      title: 'Ages of the items in progress',
      rows: [
        {
          label: 'item 1',
          instants: [
            { at: 4, label: 'first begun' },
            { at: 30, label: 'done' },
            { at: 52, label: 'reopened' },
          ],
          spans: [
            { from: 4, to: 30, label: 'in progress', stage: 'work' },
            { from: 30, to: 52, label: 'done', stage: 'deploy' },
            { from: 52, to: 92, label: 'in progress', stage: 'work' },
          ],
          brackets: [{ from: 4, to: 92, label: 'age: from its first start' }],
        },
        {
          label: 'item 2',
          instants: [{ at: 66, label: 'first begun' }],
          spans: [{ from: 66, to: 92, label: 'in progress', stage: 'work' }],
          brackets: [{ from: 66, to: 92, label: 'age' }],
        },
      ],
      lines: [{ at: 92, label: 'now' }],
      note: 'Not to scale.',
    },
    edgeCases: [
      'A reopened item is as old as its first start makes it.',
      'An item in progress without a known start has no age; a caveat counts it.',
      'Nothing is in progress: unknown, because nothing has an age.',
      'Nothing was finished in the window: no aging part.',
      kinds,
    ],
    differsFrom: others,
    canMislead: [
      'It sees only what still runs: finishing the old ones makes it young at once.',
      'Elapsed time: weekends, holidays and waiting are in it.',
      'A parked item in a status of work looks like trouble.',
    ],
  },
  cumulative_flow: {
    answers: 'Where does work pile up?',
    formula: `to_do, in_progress, done = items in each at the end of a day
value = their sum at the end of the window`,
    timeline: {
      title: 'The three bands of three items',
      rows: [
        {
          label: 'item 1',
          instants: [
            { at: 2, label: 'created' },
            { at: 20, label: 'begun' },
            { at: 52, label: 'done' },
          ],
          spans: [
            { from: 2, to: 20, label: 'not begun', stage: 'outside' },
            { from: 20, to: 52, label: 'in progress', stage: 'work' },
            { from: 52, to: 88, label: 'done', stage: 'deploy' },
          ],
        },
        {
          label: 'item 2',
          instants: [
            { at: 12, label: 'created' },
            { at: 44, label: 'begun' },
          ],
          spans: [
            { from: 12, to: 44, label: 'not begun', stage: 'outside' },
            { from: 44, to: 88, label: 'in progress', stage: 'work' },
          ],
        },
        {
          label: 'item 3',
          instants: [{ at: 58, label: 'created' }],
          spans: [{ from: 58, to: 88, label: 'not begun', stage: 'outside' }],
        },
      ],
      lines: [{ at: 88, label: 'end of a day' }],
      note: 'Not to scale. That day has 1 not begun, 1 in progress and 1 done: 3 in all.',
    },
    edgeCases: [
      'The done ones are all that were finished up to then, also before the window: the band only grows, but for reopened items.',
      'The band in progress is the figure `wip`.',
      'Earlier statuses of which no item tells what they meant count as work, and a caveat counts them.',
      kinds,
      'Days before anything is known are unknown, not 0.',
    ],
    differsFrom: [],
    canMislead: [
      'The sum says nothing; the widths of the bands over time do.',
      'The first read of a source with little history starts the done band low.',
      'A wide band of not begun may be a wish list.',
    ],
    series: 'days',
  },
};
