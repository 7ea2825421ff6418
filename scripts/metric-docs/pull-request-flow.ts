import type { MetricDocs } from './metric-doc.ts';

/** Pages of how many pull requests and releases there are. */
export const pullRequestFlowDocs: MetricDocs = {
  stale_pull_requests: {
    answers: 'Which pull requests have been forgotten?',
    formula: `stale(pull request) = open now, and now − last act ≥ 14 days
value = number of stale pull requests`,
    timeline: {
      title: 'Quiet and active pull requests',
      rows: [
        {
          label: 'P1',
          instants: [
            { at: 4, label: 'opened' },
            { at: 20, label: 'last act' },
            { at: 70, label: 'bot reminds: no act', ignored: true },
          ],
          spans: [{ from: 20, to: 94, label: 'quiet', stage: 'failed' }],
          brackets: [{ from: 20, to: 94, label: '19 days: stale' }],
        },
        {
          label: 'P2',
          instants: [
            { at: 10, label: 'opened' },
            { at: 72, label: 'commit' },
          ],
          spans: [{ from: 72, to: 94, label: 'quiet', stage: 'work' }],
          brackets: [{ from: 72, to: 94, label: '6 days: not stale', beside: true }],
        },
      ],
      lines: [{ at: 94, label: 'now' }],
      note: 'Not to scale.',
    },
    edgeCases: [
      'Drafts count, and so do weekends.',
      'What a bot answers is no act; a commit, a force-push, or a word of the author is.',
      'Of an instant in the past: something has happened since, and how quiet it was before is not kept. A caveat counts those.',
      'No source shows openings, as in a clone: unknown, not 0.',
    ],
    differsFrom: [],
    canMislead: [
      'Fourteen days are our own limit, not a norm.',
      'Closing everything by rule makes it 0 and loses the work.',
      'A parked draft is stale on purpose in some teams.',
    ],
  },
  throughput: {
    answers: 'How many pull requests are merged a week?',
    formula: `value = pull requests merged in full weeks ÷ full weeks of the window`,
    timeline: {
      title: 'Merges by full week',
      rows: [
        {
          label: 'merged',
          instants: [
            { at: 6, label: 'cut week: dropped', ignored: true },
            ...[22, 27, 36].map((at) => ({ at, label: '' })),
            ...[66, 80].map((at) => ({ at, label: '' })),
          ],
          spans: [
            { from: 15, to: 40, label: '3', stage: 'work' },
            { from: 40, to: 65, label: '0, which counts', stage: 'outside' },
            { from: 65, to: 90, label: '2', stage: 'work' },
          ],
          brackets: [{ from: 15, to: 90, label: '5 ÷ 3 full weeks = 1.7 a week' }],
        },
      ],
      lines: [
        { at: 0, label: 'window' },
        { at: 15, label: 'Monday' },
        { at: 40, label: 'Monday' },
        { at: 65, label: 'Monday' },
        { at: 90, label: 'Monday' },
      ],
    },
    edgeCases: [
      'Weeks that the window or the present cuts are dropped, and a caveat counts the merges in them.',
      'Weeks without a merge count as 0.',
      'A window without a merge is 0 only where earlier ones are known and everything was read since.',
      'Pull requests of bots count; a caveat says how many there are.',
    ],
    differsFrom: [],
    canMislead: [
      'Splitting work into more pull requests raises it without more being done.',
      'It counts updates by bots like features.',
      'Weeks with holidays are low, and mean nothing.',
    ],
  },
  open_work: {
    answers: 'How many pull requests are open, and how old are they?',
    formula: `value = pull requests with opened at ≤ now, neither merged nor closed by now
age = now − opened at`,
    timeline: {
      title: 'Pull requests that are open now',
      rows: [
        {
          label: 'P1',
          instants: [{ at: 8, label: 'opened' }],
          spans: [{ from: 8, to: 88, label: 'open', stage: 'work' }],
          brackets: [{ from: 8, to: 88, label: 'counts; age' }],
        },
        {
          label: 'P2',
          instants: [{ at: 50, label: 'opened as draft' }],
          spans: [{ from: 50, to: 88, label: 'open', stage: 'work' }],
          brackets: [{ from: 50, to: 88, label: 'counts; age' }],
        },
        {
          label: 'P3',
          instants: [
            { at: 20, label: 'opened', ignored: true },
            { at: 62, label: 'merged: not open any more', ignored: true },
          ],
          spans: [{ from: 20, to: 62, label: 'was open', stage: 'outside' }],
        },
      ],
      lines: [{ at: 88, label: 'now' }],
      note: 'Not to scale. The value here is 2.',
    },
    edgeCases: [
      'Drafts count.',
      'One that was opened again counts from its first opening.',
      'Not one opening is known, as in a bare clone: unknown, not 0.',
      'Repositories known only from a clone show no open ones; a caveat counts their pull requests.',
    ],
    differsFrom: [],
    canMislead: [
      'It is a number of a moment: Friday evening and Monday morning differ.',
      'A few forgotten ones decide the oldest age; look at the rows.',
      'More people have more open work: compare a team with itself.',
    ],
  },
  release_frequency: {
    answers: 'How often is something released?',
    formula: `value = releases in full weeks ÷ full weeks of the window`,
    timeline: {
      title: 'Releases by full week',
      rows: [
        {
          label: 'released',
          instants: [
            { at: 8, label: '' },
            { at: 19, label: '' },
            { at: 70, label: '' },
            { at: 92, label: 'week still runs: dropped', ignored: true },
          ],
          spans: [
            { from: 0, to: 28, label: '2', stage: 'deploy' },
            { from: 28, to: 56, label: '0, which counts', stage: 'outside' },
            { from: 56, to: 84, label: '1', stage: 'deploy' },
          ],
          brackets: [{ from: 0, to: 84, label: '3 ÷ 3 full weeks = 1 a week' }],
        },
      ],
      lines: [
        { at: 0, label: 'Monday' },
        { at: 28, label: 'Monday' },
        { at: 56, label: 'Monday' },
        { at: 84, label: 'Monday' },
        { at: 100, label: 'now' },
      ],
    },
    edgeCases: [
      'A release is a tag, or what the forge calls a release; it is not a deployment.',
      'Weeks without a release count as 0; weeks that the window or the present cuts are dropped.',
      'A window without a release is 0 only where earlier ones are known and everything was read since.',
      'Releases of several repositories count together, and a caveat says so.',
    ],
    differsFrom: [],
    canMislead: [
      'Published is not installed: it says nothing of what users have.',
      'Tags made by a machine at every merge make it the throughput.',
      'A corrected release right after a bad one counts as two.',
    ],
  },
};
