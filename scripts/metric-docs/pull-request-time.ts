import type { MetricDocs } from './metric-doc.ts';
import { draft, draftRow } from './pull-request-rows.ts';

const toMerge = { until: draft.merged };

/** Pages of where the time of a pull request goes. */
export const pullRequestTimeDocs: MetricDocs = {
  pull_request_stages: {
    answers: 'In which stage does the time of pull requests go?',
    formula: `coding = ready − first authored commit      ready = last ready-for-review before the answer, else the opening
pickup = first human answer − ready
review = merge − first human answer
deploy = end of the deployment − merge
value = p50 of merge − opening; each part is the p50 of its stage`,
    timeline: {
      title: 'Stages of pull request P1 of example G1',
      rows: [
        draftRow([
          { from: draft.firstCommit, to: draft.ready, label: '24 h' },
          { from: draft.ready, to: draft.answer, label: '2 h' },
          { from: draft.answer, to: draft.merged, label: '6 h' },
          { from: draft.merged, to: draft.deployed, label: '19 h' },
        ]),
      ],
      note: 'Not to scale. The four stages sum to the 51 hours of its lead time.',
    },
    edgeCases: [
      'A stage is unknown where one of its ends is, and is left out of its median; the sample size of each part says how many remain.',
      'Merged without a human answer: neither pickup nor review is known, and the time is unattributed.',
      'An answer after the merge is none.',
      'A first commit that is later than the opening was amended: coding is unknown.',
      'Merge wait, from the last approval to the merge, is the tail of review and not added.',
      'Time that runs backwards is unknown, never negative.',
    ],
    worked: {
      example: 'G1',
      value: 26,
      shown: '26 h from opening to merge',
      why: 'a bot is no answer, and a draft is still coding',
    },
    differsFrom: [
      {
        system: 'DevLake',
        number: 'P1: 360, 1, 1,559, 1,140 min',
        why: 'Its coding ends at the opening, though that was a draft; its pickup ends with the bot one minute later; so nearly all the time is review. Ours are 1,440, 120, 360 and 1,140 minutes: the same sum.',
      },
      {
        system: 'Middleware',
        why: 'It begins at ready-for-review as ours does, takes only reviews for answers, no comments, and counts a missing stage as 0, which pulls its means down.',
      },
      {
        system: 'Four Keys',
        number: 'no such figure',
        why: 'It has none on pull requests.',
      },
    ],
    canMislead: [
      'Medians of stages belong to different pull requests and do not add up.',
      'Review includes the author working on remarks: long review is not slow reviewers.',
      'Pairs who review while they write show no review at all.',
    ],
  },
  pull_request_cycle_time: {
    answers: 'How long is a pull request open until it is merged?',
    formula: `value = p50 of merged at − opened at, over the pull requests merged in the window
ready_to_merge = p50 of merged at − ready`,
    timeline: {
      title: 'Cycle time of pull request P1 of example G1',
      rows: [
        draftRow(
          [
            { from: draft.opened, to: draft.merged, label: 'opened to merge 26 h' },
            { from: draft.ready, to: draft.merged, label: 'ready to merge 8 h', beside: true },
          ],
          toMerge,
        ),
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'One that was closed and opened again counts from its first opening.',
      'Never merged: not in the figure, however long it has been open; see `open_work`.',
      'Where neither an answer nor the first commit is known, the moment of being ready is not either, and only that part leaves it out.',
      'A bare clone shows no opening: unknown, not 0.',
    ],
    worked: {
      example: 'G1',
      value: 26,
      shown: '26 h',
      why: 'there it also holds coding and deployment',
    },
    differsFrom: [
      {
        system: 'DevLake',
        number: 'P1: 3,060 min',
        why: 'What it calls cycle time also holds coding before the opening and the deployment after the merge: it is our lead time. From opening to merge P1 took 26 hours.',
      },
      {
        system: 'Four Keys',
        number: 'no such figure',
        why: 'It has none on pull requests.',
      },
    ],
    canMislead: [
      'Opening late, when all is done, makes it short.',
      'Drafts that are opened early make it long, on purpose: read ready to merge beside it.',
      'Bots that merge their own updates in minutes pull the median down; a caveat says what it is without them.',
    ],
  },
  time_to_first_response: {
    answers: 'How long does a pull request wait for a first human answer?',
    formula: `wait = first review or comment by a person other than the author − ready
value = p50 of wait, over the pull requests merged in the window and answered before`,
    timeline: {
      title: 'First response to pull request P1 of example G1',
      rows: [
        draftRow([{ from: draft.ready, to: draft.answer, label: 'time to first response 2 h' }], {
          until: draft.merged,
        }),
      ],
      note: 'Not to scale. The bot answered within a minute; it is not counted.',
    },
    edgeCases: [
      'Answers of bots, of unknown accounts and of the author are none; neither is one after the merge.',
      'A draft that was answered before it was ready counts from its opening.',
      'Merged without an answer: no value, and a caveat counts it.',
      'Still open: not in the figure yet.',
    ],
    worked: {
      example: 'G1',
      value: 2,
      shown: '2 h',
      why: 'a bot is no answer, and a draft does not wait',
    },
    differsFrom: [
      {
        system: 'DevLake',
        number: 'P1: 1 min',
        why: 'The review of a bot one minute after the opening ends its pickup, and a draft waits from its opening on.',
      },
      {
        system: 'Middleware',
        why: 'It begins at ready-for-review as ours does, leaves out reviews of bots, and takes only reviews for answers, so a comment does not end the wait.',
      },
      {
        system: 'Four Keys',
        number: 'no such figure',
        why: 'It has none on pull requests.',
      },
    ],
    canMislead: [
      'What nobody answered is not in it: the figure improves when the worst are merged unanswered. Read `merged_without_review` beside it.',
      'A first "I will look at it" ends the wait, not the review.',
      'Nights and weekends count, so a team in one time zone has a floor.',
    ],
  },
  pull_request_idle_time: {
    answers: 'How long does nothing happen to a pull request?',
    formula: `idle = sum of the stretches over 24 h between two acts, while it was open and no draft
value = p50 of idle, over the pull requests merged in the window`,
    timeline: {
      title: 'Idle time between the acts on a pull request',
      rows: [
        {
          instants: [
            { at: 0, label: 'opened' },
            { at: 14, label: 'first review' },
            { at: 30, label: 'bot reminds: no act', ignored: true },
            { at: 50, label: 'author pushes' },
            { at: 62, label: 'approved' },
            { at: 92, label: 'merged' },
          ],
          spans: [
            { from: 0, to: 14, label: '9 h', stage: 'work' },
            { from: 14, to: 50, label: '70 h without an act', stage: 'pickup' },
            { from: 50, to: 62, label: '20 h', stage: 'work' },
            { from: 62, to: 92, label: '30 h without an act', stage: 'pickup' },
          ],
          brackets: [
            { from: 14, to: 50, label: '70 h' },
            { from: 62, to: 92, label: '+ 30 h = 100 h idle' },
          ],
        },
      ],
      note: 'Not to scale. Stretches of up to 24 hours are not idle.',
    },
    edgeCases: [
      'A stretch of exactly 24 hours is not idle; a longer one counts whole, weekends included.',
      'Time as a draft or closed is left out; one that was a draft all the time has no value.',
      'A known 0 means that no stretch was longer than a day.',
      'What bots answer is no act, so a reminder does not end the silence.',
    ],
    differsFrom: [],
    canMislead: [
      'From Friday noon to Monday noon is idle time, and nobody did anything wrong.',
      'Work that shows nowhere, as thinking or talking, is silence here.',
      'A comment a day keeps it at 0.',
    ],
  },
  first_commit_to_merge: {
    answers: 'How long from the first commit to the merge?',
    formula: `value = p50 of merged at − first authored commit, over the pull requests merged in the window`,
    timeline: {
      title: 'From the first commit to the merge of pull request P1 of example G1',
      rows: [
        draftRow(
          [{ from: draft.firstCommit, to: draft.merged, label: 'first commit to merge 32 h' }],
          { until: draft.merged },
        ),
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'A squash merge in a bare clone hides its commits: unknown, not 0.',
      'A commit authored after the opening was amended: the first one is unknown.',
      'A first commit that is later than the merge is none.',
    ],
    worked: {
      example: 'G1',
      value: 32 / 2 + 1 / 3,
      shown: '16.3 h, of P1 and P2',
      why: 'by the author of a commit, not its committer',
    },
    differsFrom: [
      {
        system: 'DevLake',
        why: 'It also takes the earliest authored commit, and shows the time as its stages coding, pickup and review.',
      },
      {
        system: 'Middleware',
        why: 'It dates the first commit by its committer, so a rebase before the merge makes the time short.',
      },
    ],
    canMislead: [
      'Of teams that squash in a clone only the other merges remain: read the sample size.',
      'A branch kept for an experiment brings an old first commit.',
      'It ends at the merge; users wait for the deployment.',
    ],
  },
  merge_to_release: {
    answers: 'How long does a merged change wait for a release?',
    formula: `wait = first release that contains the pull request − merged at
value = p50 of wait, over the pull requests released in the window`,
    timeline: {
      title: 'Pull requests that wait for a release',
      rows: [
        {
          label: 'P1',
          instants: [
            { at: 8, label: 'merged' },
            { at: 70, label: 'release' },
          ],
          spans: [{ from: 8, to: 70, label: 'waits', stage: 'deploy' }],
          brackets: [{ from: 8, to: 70, label: 'one value' }],
        },
        {
          label: 'P2',
          instants: [
            { at: 52, label: 'merged' },
            { at: 70, label: 'release' },
          ],
          spans: [{ from: 52, to: 70, label: 'waits', stage: 'deploy' }],
          brackets: [{ from: 52, to: 70, label: 'one value' }],
        },
        {
          label: 'P3',
          instants: [
            { at: 82, label: 'merged: no value yet', ignored: true },
            { at: 100, label: 'now', ignored: true },
          ],
          spans: [{ from: 82, to: 100, label: 'waits', stage: 'outside' }],
        },
      ],
      note: 'Not to scale. Values belong to the week of the release.',
    },
    edgeCases: [
      'Only the first release that contains a pull request counts.',
      'A release dated before the merge is left out, and a caveat counts it.',
      'What waits for a release has no value yet, so recent weeks do not look fast.',
    ],
    differsFrom: [],
    canMislead: [
      'A release is a tag, or what the forge calls one; it may reach users later, or never.',
      'Tagging every merge makes it nearly 0 and ships nothing.',
      'One release after a long pause brings all long waits into one week.',
    ],
  },
};
